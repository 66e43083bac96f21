// Go: net.IP's String

import { formatIpAddress, isIpv4Mapped } from '../ip-address.ts'
import { malformed } from './der.ts'

/** The text of an address of four or sixteen bytes; one that is mapped from IPv4 is written as that. */
export function addressText(content: Uint8Array): string {
  const address = { bytes: [...content], zone: '' }
  if (content.length !== 4 && content.length !== 16) throw malformed()
  return formatIpAddress(isIpv4Mapped(address) ? { bytes: address.bytes.slice(12), zone: '' } : address)
}
