/** What is needed from an open file; Node's FileHandle has it. */
export interface OpenFile {
  stat(): Promise<{ isFile(): boolean; readonly size: number }>;
  read(buffer: Uint8Array, offset: number, length: number, position: null): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** Why a file is not read. Codes are Node's, so that code that words errors of files words these too. */
export class NotRead extends Error {
  override readonly name = 'NotRead';
  readonly code: 'ENOTREG' | 'EFBIG';

  constructor(code: NotRead['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** No file that anybody edits is larger. */
export const maxFileBytes = 16 * 1024 * 1024;

/**
 * The bytes of a regular file of bounded size. Devices never end, and pipes never begin, so neither is read, also not
 * behind a link. The file has to be opened without waiting (O_NONBLOCK); it is closed.
 * @throws NotRead, and what the file system throws
 */
export async function readRegular(file: OpenFile, maxBytes = maxFileBytes): Promise<Uint8Array> {
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new NotRead('ENOTREG', 'it is not a regular file');
    // Files below /proc claim size 0 and have more, and any file may grow while it is read.
    let bytes = new Uint8Array(Math.min(stat.size, maxBytes) + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      if (bytesRead === 0) return bytes.subarray(0, length);
      length += bytesRead;
      if (length > maxBytes) throw new NotRead('EFBIG', `it is larger than ${String(maxBytes / 1024 / 1024)} MB`);
      if (length < bytes.length) continue;
      const larger = new Uint8Array(Math.min(bytes.length * 2, maxBytes) + 1);
      larger.set(bytes);
      bytes = larger;
    }
  } finally {
    await file.close();
  }
}
