import { isUserError, type UserError } from '@omnia-buildstream/core/errors/userError';
import { AddressInUse } from '@omnia-buildstream/lab/net/listen';
import { causeOf, cannotRun } from '../cannotRun.ts';
import { whole } from '../optionValues.ts';

const maxPort = 65_535;
/** 127.0 and 127.1 are in use by others on many machines, and nodes need the network after that of their BMCs. */
const [firstNetwork, lastNetwork] = [2, 240];

/** Where a lab listens if specified; undefined: wherever is free. */
export interface LabPlace {
  /** Second octet of the BMCs' addresses; the nodes have the next. */
  readonly network: number | undefined;
  /** Of the BMCs. */
  readonly port: number | undefined;
}

/** Reads `--network` and `--port`. @throws UserError */
export function placeOf(values: {
  readonly network?: string | undefined;
  readonly port?: string | undefined;
}): LabPlace {
  return { network: networkOf(values.network), port: portOf('--port', values.port) };
}

/** @throws UserError */
export function portOf(name: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : whole(name, text, 1, maxPort);
}

function networkOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const octet = Number(/^127\.(\d{1,3})$/.exec(text)?.[1] ?? '0');
  if (octet >= firstNetwork && octet <= lastNetwork) return octet;
  const range = `127.${String(firstNetwork)} to 127.${String(lastNetwork)}`;
  throw cannotRun('arguments', `--network takes ${range}; "${text}" is none of them.`);
}

/** Why a lab did not start, and what to do about it. */
export function startFailure(error: unknown, advice: string): UserError {
  if (isUserError(error)) return error;
  if (error instanceof AddressInUse) {
    const address = `${error.host}:${String(error.port)}`;
    const what =
      'Another lab or another program listens there. Select another, or leave the option out for a free one.';
    return cannotRun('arguments', `The lab cannot start: address ${address} is in use. ${what}`);
  }
  return cannotRun('arguments', `The lab cannot start: ${causeOf(error)}. ${advice}`);
}
