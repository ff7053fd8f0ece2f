import { sortFound } from '@omnia-buildstream/core/hardware/newRows';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { cannotRun } from '../cannotRun.ts';
import { bmcsFor } from '../bmc/access.ts';
import { confirm } from '../confirm.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import type { Io } from '../io.ts';
import { readCredentials } from '../run/credentials.ts';
import { listenForInterrupts } from '../run/interrupts.ts';
import { replaceFile } from '../validate/replaceFile.ts';
import { checkFile, completed, filesOf, type CheckedFile } from './check.ts';
import { discover, type Discovery } from './discover.ts';
import { hardwareHelp } from './help.ts';
import { parseHardwareOptions, type HardwareOptions } from './options.ts';
import { diffText, findingJson, findingLine, machinesText } from './text.ts';

/** `buildstream hardware`: compares mapping files with the machines behind their BMCs. */
export async function hardware(args: readonly string[], io: Io): Promise<ExitCode> {
  const options = parseHardwareOptions(args);
  if (options.help) {
    await io.stdout.write(hardwareHelp);
    return exitCodes.ok;
  }
  const interrupts = listenForInterrupts(io);
  const signal = AbortSignal.any([interrupts.stop, interrupts.stopAtOnce]);
  try {
    return await check(options, signal, io);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw cannotRun('file', 'Stopped. No BMC and no file was changed.');
  } finally {
    interrupts.dispose();
  }
}

async function check(options: HardwareOptions, signal: AbortSignal, io: Io): Promise<ExitCode> {
  const people = options.isJson ? io.stderr : io.stdout;
  const files = await filesOf(options, io);
  const addresses = files.flatMap(({ asked }) => asked.map(({ bmcIp }) => bmcIp));
  const bmcs = await bmcsFor(options, await readCredentials(io, addresses), io);
  const checked: CheckedFile[] = [];
  for (const file of files) checked.push(await checkFile(file, bmcs, { signal, io }));
  if (!options.isJson) for (const one of checked) await io.stdout.write(report(one));
  const known = new Set(files.flatMap(({ mapping }) => mapping.rows.map(({ bmcIp }) => bmcIp)));
  const world = {
    bmcs: await bmcsFor(options, () => Promise.resolve(undefined), io),
    loggedIn: async (found: readonly string[]) => bmcsFor(options, await readCredentials(io, found), io),
    ...{ signal, people, io },
  };
  const discovery = await discover(options, known, world);
  if (options.isJson)
    await io.stdout.write(
      `${JSON.stringify({ files: checked.map(fileJson), ...discoveryJson(discovery) }, undefined, 2)}\n`,
    );
  for (const one of checked) await offer(one, options, discovery, { people, io });
  const findings = checked.flatMap((one) => one.findings);
  if (findings.some(({ level }) => level === 'error')) return exitCodes.errorsFound;
  const isIncomplete = findings.some(({ code }) => code === 'not-compared') || discovery.problems.length > 0;
  return isIncomplete ? exitCodes.notAllDone : exitCodes.ok;
}

function report(file: CheckedFile): string {
  const lines = file.findings.map((finding) => findingLine(file.mapping.file, finding));
  const end = lines.length === 0 ? [`${file.mapping.file}: no difference`] : lines;
  return [machinesText(file), '', ...end, ''].join('\n');
}

function fileJson({ mapping, asked, seen, findings }: CheckedFile): unknown {
  const machines = asked.map(({ bmcIp, hostname }) => {
    const one = seen.get(bmcIp);
    return { hostname, bmcIp, ...(one !== undefined && 'problem' in one ? { problem: wordsOf(one.problem) } : one) };
  });
  return { file: mapping.file, machines, findings: findings.map(findingJson) };
}

function discoveryJson({ found, problems }: Discovery): object {
  return { found, problems: problems.map((one) => ({ ...one, problem: wordsOf(one.problem) })) };
}

/** Shows what would be filled in, and writes it if that is wanted and confirmed. */
async function offer(
  file: CheckedFile,
  { isWriting, yes }: HardwareOptions,
  { found }: Discovery,
  { people, io }: { readonly people: Io['stdout']; readonly io: Io },
): Promise<void> {
  const { file: name, text, version } = file.mapping;
  for (const { bmcIp, host } of sortFound(text, version, found).ofRows) {
    await people.write(`${bmcIp}: the machine of ${host} responds here, whose row has another BMC_IP.\n`);
  }
  const { text: now, lacksHeader } = completed(file, found);
  if (lacksHeader) await people.write(`${name} has no header, so no row can be added to it. Add the header first.\n`);
  if (now === text) return;
  await people.write(`\n${diffText(name, text, now)}\n`);
  const { target } = file;
  if (!isWriting || target === undefined) {
    await people.write('--write makes these changes.\n');
    return;
  }
  if (!(await confirm(`Write these changes to ${name}?`, yes, io)))
    throw cannotRun('arguments', 'Nothing was written.');
  await replaceFile(name, target, now, io.fs);
}
