import path from 'node:path';
import type { OmniaVersion } from '@omnia-buildstream/core/mapping/versions';
import { pxeSwitches, switchFiles, type PxeSwitches } from '@omnia-buildstream/core/plan/pxeSwitches';
import type { Io } from '../io.ts';
import { decode } from '../validate/decode.ts';
import { bytesOf } from './traces.ts';

/** Omnia's settings of a restart beside a mapping file; undefined where none change it. @throws UserError */
export async function switchesBeside(file: string, version: OmniaVersion, io: Io): Promise<PxeSwitches | undefined> {
  if (file === '-') return undefined;
  const texts = new Map<string, string>();
  for (const name of Object.values(switchFiles)) {
    const bytes = await bytesOf(path.join(path.dirname(file), name), io);
    if (bytes !== undefined) texts.set(name, decode(bytes).text);
  }
  return pxeSwitches((name) => texts.get(name), version);
}
