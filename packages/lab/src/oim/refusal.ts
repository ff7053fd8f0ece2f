/** What the API refuses: a status and a code of omnia.md section 7. The HTTP side gives it the shape of its route. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
