/** Every code that presync gives a problem or an error, what it means and what to do. A test finds codes that are missing here or used nowhere. */
export const errorCodes: Readonly<Record<string, string>> = {
  USAGE: 'What was typed cannot be carried out. The message says what to type instead.',
}
