import { traitsOf, type OmniaVersion } from './versions.ts';

const rackGroup = /^grp(?:[0-9]|[1-9][0-9]|100)$/;
const scalableUnit = /^[Ss][Uu][A-Za-z]?(?:0*[1-9][0-9]?|100)$/;

/** `grp0` to `grp100`; from 2.2 also `SU`, one optional letter and 1 to 100 (omnia.md 1.3, rule 8). */
export function isGroupName(name: string, version: OmniaVersion): boolean {
  return rackGroup.test(name) || (traitsOf(version).scalableUnits && scalableUnit.test(name));
}

/** The valid name nearest to a misspelled one (`GRP07`, `group 7`, `grp-7`), or undefined. */
export function repairGroupName(name: string, version: OmniaVersion): string | undefined {
  const rack = /^(?:grp|group)[\s_-]*([0-9]+)$/i.exec(name);
  const unit = /^su[\s_-]*(?:([a-z])[\s_-]*)?([0-9]+)$/i.exec(name);
  const candidate =
    rack !== null
      ? `grp${withoutZeros(rack[1])}`
      : unit !== null
        ? `SU${(unit[1] ?? '').toUpperCase()}${withoutZeros(unit[2])}`
        : '';
  return isGroupName(candidate, version) ? candidate : undefined;
}

function withoutZeros(digits = ''): string {
  return digits.replace(/^0+(?=[0-9])/, '');
}

/** The first of `grp0` to `grp100` that is not taken, or undefined. */
export function nextGroupName(isTaken: (name: string) => boolean): string | undefined {
  return Array.from({ length: 101 }, (_, number) => `grp${String(number)}`).find((name) => !isTaken(name));
}
