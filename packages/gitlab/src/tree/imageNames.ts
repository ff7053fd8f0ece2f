import { plainGroup } from '../omnia/sameGroup.ts';

/** More than any server has: a build is refused once fifty groups are not CLEANED. */
const mostKnown = 1000;

/**
 * The names by which people know image groups. Omnia 2.2 names the select job after the group's ID, with `_` for each
 * `-`, and 2.3 uses the ID itself, which always has a `-`. The change of 2.2 cannot be undone, so the IDs that the
 * BuildStreaM API lists are remembered here.
 */
export class ImageNames {
  readonly #ids = new Set<string>();

  /** Newest last. */
  get ids(): readonly string[] {
    return [...this.#ids];
  }

  /** Forgets the oldest IDs if there are more than any server has. */
  learn(ids: readonly string[]): void {
    for (const id of ids) this.#ids.add(id);
    for (const id of [...this.#ids].slice(0, -mostKnown)) this.#ids.delete(id);
  }

  /** The ID of the group that a select job is named after, or what the name itself says if no ID or several match. */
  of(jobName: string): string {
    const told = toldBy(jobName);
    return this.#idOf(told) ?? told;
  }

  /** Whether the name of a select job is all that is known about its group. */
  isUnknown(jobName: string): boolean {
    const told = toldBy(jobName);
    return told === plainGroup(told) && this.#idOf(told) === undefined;
  }

  #idOf(told: string): string | undefined {
    if (told !== plainGroup(told)) return told;
    const [id, ...others] = this.ids.filter((one) => plainGroup(one) === told);
    return others.length === 0 ? id : undefined;
  }
}

function toldBy(jobName: string): string {
  return jobName.replace(/^select_(?=[^-/ ]*$)/, '');
}

/** The names known to this process. */
export const imageNames = new ImageNames();
