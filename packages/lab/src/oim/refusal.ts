/** A refusal of the API: a status and a code from omnia.md section 7. The HTTP side gives it the form of its route. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  /** Scheme for signing in, as WWW-Authenticate names it. Undefined if the refusal is about something else. */
  readonly challenge: 'Basic' | 'Bearer' | undefined;

  constructor(status: number, code: string, message: string, challenge?: 'Basic' | 'Bearer') {
    super(message);
    this.status = status;
    this.code = code;
    this.challenge = challenge;
  }
}
