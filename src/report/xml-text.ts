/** Characters that no XML 1.0 document may hold, even escaped. */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

/** Text for an attribute of XML or HTML. */
export function escapeXmlAttribute(text: string): string {
  return text.replace(notInXml, '\ufffd').replace(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? character)
}

/** Text between tags of XML or HTML; line ends stay. */
export function escapeXmlText(text: string): string {
  return text.replace(notInXml, '\ufffd').replace(/[&<>]/g, (character) => entities[character] ?? character)
}
