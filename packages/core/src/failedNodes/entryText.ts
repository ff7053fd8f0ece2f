import { adviceFor, type FailureCause, type FailureFacts } from './advice.ts';
import { stringOf, type FailedEntry } from './document.ts';

/** Keys of what Omnia said about the failure: of 2.2, of 2.3, and of a draft of 2.3 (omnia.md section 3.1). */
export const messageKeys = ['message', 'error', 'error_message'] as const;

/** What Omnia said about the failure; empty when none of the keys is there. */
export function messageOf({ fields }: FailedEntry): string {
  return messageKeys.map((key) => stringOf(fields, key)).find((text) => text !== undefined) ?? '';
}

export function factsOf(entry: FailedEntry): FailureFacts {
  const { fields } = entry;
  return {
    message: messageOf(entry),
    failureStage: stringOf(fields, 'failure_stage'),
    verificationState: stringOf(fields, 'verification_state'),
  };
}

export function causeOf(entry: FailedEntry): FailureCause {
  return adviceFor(factsOf(entry)).cause;
}

export function bmcIpOf({ fields }: FailedEntry): string | undefined {
  return stringOf(fields, 'bmc_ip');
}

/** The operator set exactly `success`, the only spelling that Omnia knows. */
export function isMarked({ fields }: FailedEntry): boolean {
  return fields.get('status')?.value === 'success';
}

/** Of the entries of one node the one that decides: being booted wins, else the last. */
export function decidingEntry(entries: readonly FailedEntry[]): FailedEntry | undefined {
  return entries.find(isMarked) ?? entries.at(-1);
}
