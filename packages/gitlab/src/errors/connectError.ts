/** The connection was not made, so nothing was sent. `code` is Node's error code. */
export class ConnectError extends Error {
  readonly code: string;

  /** @param what message for people, if the code alone says too little */
  constructor(code: string, what: string | undefined, options?: ErrorOptions) {
    super(what ?? code, options);
    this.name = 'ConnectError';
    this.code = code;
  }
}
