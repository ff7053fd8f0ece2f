import { imageGroupOf } from '../tree/deployRun.ts';
import { isSameGroup } from './sameGroup.ts';

/** An entry of the list, and its relevant field (omnia.md section 8). */
const entry = /^ {0,8}- Image Group: (\S.{0,200})$/;
const status = /^ {1,12}Status: ([A-Z][A-Z_]{1,40})$/;
/** A button that the job created: `select_<group>` in 2.2, the group itself in 2.3. */
const button = /^ {0,8}- (\S[^()]{0,200}) \(Job: [^()]{0,100}, Status: ([A-Z][A-Z_]{1,40})\)$/;

/** State of a group. Undefined if none or more than one is given. */
export type StateOf = (group: string) => string | undefined;

/**
 * States of image groups, as the job list_images of a cleanup prints them, in the terms of the BuildStreaM API. Other
 * text that names a group and a state is ignored, and a group with two different states has none.
 * @param lines of the job's log, without colors
 */
export function statesIn(lines: readonly string[]): StateOf {
  const told: [group: string, state: string][] = [];
  let group: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') group = undefined;
    const [, named] = entry.exec(line) ?? [];
    if (named !== undefined) group = named.trim();
    const [, state] = group === undefined ? [] : (status.exec(line) ?? []);
    if (group !== undefined && state !== undefined) told.push([group, state]);
    const [, made, its] = button.exec(line) ?? [];
    if (made !== undefined && its !== undefined) told.push([imageGroupOf({ name: made }), its]);
  }
  return (wanted) => {
    const states = new Set(told.flatMap(([name, state]) => (isSameGroup(name, wanted) ? [state] : [])));
    const [state] = states;
    return states.size === 1 ? state : undefined;
  };
}
