import type { HardwareFinding } from '@omnia-buildstream/core/hardware/compare';
import { changedLines } from '@omnia-buildstream/core/hardware/lineDiff';
import { plainLine } from '@omnia-buildstream/core/text/foreignText';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import type { SeenInventory } from '@omnia-buildstream/runner/hardware';
import { formatTable } from '../table.ts';
import type { CheckedFile } from './check.ts';

/** One line per finding, as compilers write them. */
export function findingLine(file: string, { range, level, code, column, host, message }: HardwareFinding): string {
  const place = `${file}:${String(range.start.line + 1)}:${String(range.start.character + 1)}`;
  return plainLine(`${place}: ${level} ${code}: ${host} ${column}: ${wordsOf(message)}`);
}

/** What is behind each BMC. */
export function machinesText({ asked, seen }: CheckedFile): string {
  const rows = asked.map(({ bmcIp, hostname }) => {
    const one = seen.get(bmcIp);
    return [hostname, bmcIp, ...(one === undefined ? ['', '', '', ''] : machineCells(one))];
  });
  return formatTable(['NODE', 'BMC_IP', 'MACHINE', 'POWER', 'FIRMWARE', 'BOOTS FROM THE NETWORK BY'], rows);
}

function machineCells(seen: SeenInventory): readonly string[] {
  if ('problem' in seen) return ['', '', '', wordsOf(seen.problem)];
  const { serviceTag, serialNumber, model, power, firmware, bios, nics } = seen.hardware;
  const booting = nics.filter(({ bootsFromNetwork }) => bootsFromNetwork === true).map(({ id }) => id);
  const name = [serviceTag === '' ? serialNumber : serviceTag, model].filter((part) => part !== '').join(' ');
  const versions = [firmware === '' ? '' : `BMC ${firmware}`, bios === '' ? '' : `BIOS ${bios}`];
  return [name, power, versions.filter((part) => part !== '').join(', '), booting.join(', ')];
}

export function diffText(file: string, before: string, after: string): string {
  const lines = changedLines(before, after).flatMap(({ line, before: was, after: now }) => [
    `@@ ${file}:${String(line)} @@`,
    ...(was === undefined ? [] : [`-${plainLine(was)}`]),
    `+${plainLine(now)}`,
  ]);
  return lines.join('\n');
}

export function findingJson({ range, level, code, column, host, bmcIp, message, fixes }: HardwareFinding): unknown {
  const fix = fixes[0] === undefined ? undefined : wordsOf(fixes[0].title);
  const { line, character } = range.start;
  return {
    code,
    level,
    hostname: host,
    bmcIp,
    column,
    line: line + 1,
    character: character + 1,
    message: wordsOf(message),
    fix,
  };
}
