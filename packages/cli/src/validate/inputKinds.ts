import path from 'node:path';
import { besideKinds, besideNames, type BesideKind } from '@omnia-buildstream/core/context/besideNames';

/** Which input file of Omnia it is, by its name; undefined: none that is read. */
export function kindOfInput(file: string): BesideKind | undefined {
  return besideKinds.find((kind) => besideNames[kind].includes(path.basename(file)));
}
