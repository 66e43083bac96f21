/** presync's own version: what reports name and `presync --version` prints. A test holds it against package.json. */
export const version = '0.1.0'
