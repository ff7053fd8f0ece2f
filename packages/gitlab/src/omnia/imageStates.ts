/** An entry of the list, and the field of it that counts (omnia.md section 8). */
const entry = /^ {0,8}- Image Group: (\S.{0,200})$/;
const status = /^ {1,12}Status: ([A-Z][A-Z_]{1,40})$/;
/** A button that the job made: `select_<group>` in 2.2, the group itself in 2.3. */
const button = /^ {0,8}- (\S[^()]{0,200}) \(Job: [^()]{0,100}, Status: ([A-Z][A-Z_]{1,40})\)$/;

/** One form of a group's name: 2.2 writes `-`, `/` and blanks as `_` in the name of its job. */
export function plainGroup(group: string): string {
  return group.replaceAll(/[-/ ]/g, '_').toLowerCase();
}

/**
 * State by image group (`plainGroup`), as the job list_images of a cleanup prints it, in the words of the BuildStreaM API. Anything
 * else that names a group and a state tells nothing, and of a group with two states none is told.
 * @param lines of its log, without colours
 */
export function statesIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const told: [group: string, state: string][] = [];
  let group: string | undefined;
  for (const line of lines) {
    if (line.trim() === '') group = undefined;
    const [, named] = entry.exec(line) ?? [];
    if (named !== undefined) group = named.trim();
    const [, state] = group === undefined ? [] : (status.exec(line) ?? []);
    if (group !== undefined && state !== undefined) told.push([group, state]);
    const [, made, its] = button.exec(line) ?? [];
    if (made !== undefined && its !== undefined) told.push([made.replace(/^select_/, ''), its]);
  }
  return withoutDoubt(told.map(([name, state]) => [plainGroup(name), state]));
}

function withoutDoubt(told: readonly (readonly [group: string, state: string])[]): Map<string, string> {
  const found = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const [group, state] of told) {
    if ((found.get(group) ?? state) !== state) doubtful.add(group);
    found.set(group, state);
  }
  for (const group of doubtful) found.delete(group);
  return found;
}
