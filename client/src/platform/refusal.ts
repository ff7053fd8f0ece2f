/** Why something was not done; the message is written for the user, in the user's language. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
