import { plainGroup } from '../omnia/sameGroup.ts';

/** A build is refused from the fiftieth group on that is not CLEANED: these are more than any server has. */
const mostKnown = 1000;

/**
 * By which name people read of an image group. Omnia 2.2 writes an id as the name of its select job, with `_` for each `-`,
 * and 2.3 takes the id itself, which always has a `-`; what 2.2 makes of an id cannot be undone, so the ids that the
 * BuildStreaM API lists are remembered here.
 */
export class ImageNames {
  readonly #ids = new Set<string>();

  /** Newest last. */
  get ids(): readonly string[] {
    return [...this.#ids];
  }

  /** Of more than anybody has the oldest are forgotten. */
  learn(ids: readonly string[]): void {
    for (const id of ids) this.#ids.add(id);
    for (const id of [...this.#ids].slice(0, -mostKnown)) this.#ids.delete(id);
  }

  /** The id of the group that a select job is named after; as long as no id or several fit, what the name itself tells. */
  of(jobName: string): string {
    const told = toldBy(jobName);
    return this.#idOf(told) ?? told;
  }

  /** Whether the name of a select job is all that is known of its group. */
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

/** Of this process. */
export const imageNames = new ImageNames();
