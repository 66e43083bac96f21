import { existsSync } from 'node:fs'

/** A Chromium of this machine, or undefined: tests that need one are then skipped, visibly. */
export function findChromium(): string | undefined {
  const places = [process.env['PRESYNC_TEST_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  return places.find((place) => place !== undefined && place !== '' && existsSync(place))
}
