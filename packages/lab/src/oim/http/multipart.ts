/** The files in a multipart/form-data body under one field, as text by name. Undefined for any other body. */
export function readMultipart(
  body: Buffer,
  contentType: string,
  field: string,
): ReadonlyMap<string, string> | undefined {
  const boundary = /^multipart\/form-data\b.*;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const files = new Map<string, string>();
  // Latin-1 keeps every byte, so that positions in the text are positions in the body.
  for (const part of `\r\n${body.toString('latin1')}`.split(`\r\n--${boundary}`).slice(1)) {
    const end = part.indexOf('\r\n\r\n');
    if (part.startsWith('--') || end < 0) continue;
    const disposition = /^content-disposition:(.*)$/im.exec(part.slice(0, end))?.[1] ?? '';
    const fileName = /;\s*filename="([^"]*)"/i.exec(disposition)?.[1];
    if (fileName === undefined || /;\s*name="([^"]*)"/i.exec(disposition)?.[1] !== field) continue;
    files.set(utf8(fileName), utf8(part.slice(end + 4)));
  }
  return files;
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
