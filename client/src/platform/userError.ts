/** Why a command could not do what it was asked. */
export type UserErrorReason =
  | 'no-mapping-file'
  | 'no-workspace'
  | 'no-rule-page'
  | 'cannot-save'
  | 'cannot-create'
  | 'outside-workspace'
  | 'no-failed-nodes'
  | 'no-node'
  | 'no-server'
  | 'not-an-address'
  | 'cannot-edit';

/** An error whose message is written for the user, in the user's language. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly reason: UserErrorReason;

  constructor(reason: UserErrorReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
