/** The connection was not made, so nothing was sent. `code` as Node names it. */
export class ConnectError extends Error {
  readonly code: string;

  /** @param what for people, when the code alone says too little */
  constructor(code: string, what: string | undefined, options?: ErrorOptions) {
    super(what ?? code, options);
    this.name = 'ConnectError';
    this.code = code;
  }
}
