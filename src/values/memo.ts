/** Answers by what they answer, made once. When there are too many all are forgotten: input may ask for anything. */
export class Memo<Key, Value> {
  readonly #answers = new Map<Key, Value>()
  readonly #most: number
  readonly #make: (key: Key) => Value

  constructor(most: number, make: (key: Key) => Value) {
    this.#most = most
    this.#make = make
  }

  get(key: Key): Value {
    const known = this.#answers.get(key)
    if (known !== undefined || this.#answers.has(key)) return known as Value
    const made = this.#make(key)
    this.set(key, made)
    return made
  }

  /** Notes an answer that somebody knows without making it. */
  set(key: Key, value: Value): void {
    if (this.#answers.size >= this.#most) this.#answers.clear()
    this.#answers.set(key, value)
  }
}

/** Makes something of an object once, for as long as the object is there. */
export function oncePerObject<Key extends object, Value extends object>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>()
  return (key) => {
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    made.set(key, value)
    return value
  }
}
