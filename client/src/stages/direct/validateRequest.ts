import { refused } from '@omnia-buildstream/core/errors/userError';
import { randomUUID } from 'node:crypto';
import { readRegularFile } from '@omnia-buildstream/engine/files/readRegularFile';
import path from 'node:path';
import { CsvDocument } from '@omnia-buildstream/core/csv/document';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { moleculeEnv, type MoleculeSettings } from '@omnia-buildstream/engine/validate/molecule/settings';
import type { Login } from '@omnia-buildstream/engine/validate/probes/login';
import { hostsNames, serverNames, systemNames, type NameSource } from '@omnia-buildstream/engine/validate/probes/names';
import { runSsh } from '@omnia-buildstream/engine/validate/probes/runSsh';
import { defaultCheckSettings, type CheckSettings } from '@omnia-buildstream/engine/validate/settings';
import { mappingObstacles } from '@omnia-buildstream/runner/mappingErrors';
import { targetsNamed } from '@omnia-buildstream/runner/selection';
import type { ValidateRequest } from '@omnia-buildstream/runner/validate';
import * as vscode from 'vscode';
import { lacking, ways } from '../../errors/lacking.ts';
import { nameToEdit } from '../../settings/readSetting.ts';
import { bmcTls } from '../settings/engineConfiguration.ts';
import { clock } from '../../platform/clock.ts';
import type { DirectInput } from './directInput.ts';

const moleculeGraceMs = 10_000;

/** The request for the validate stage, from the settings. @throws UserError */
export async function validateRequest(input: DirectInput): Promise<ValidateRequest> {
  const { settings, checks } = input;
  const { run, skewMs, reportFolder } = settings.validate;
  return {
    obstacles: mappingObstacles(new CsvDocument(input.text), input.version),
    targets: targetsNamed(targetsOf(input.text, input.version), input.selection.names),
    checks: checkSettings(input),
    ...(checks.length > 0 && { only: new Set(checks) }),
    settings: { ...run, concurrency: settings.restart.concurrency },
    clock,
    names: await namesFrom(input),
    tls: await bmcTls(),
    login: loginFrom(input),
    evidence: { kind: 'cmdline' },
    skewLimitMs: skewMs,
    molecule: moleculeFrom(input),
    stateFolder: path.resolve(input.project, reportFolder),
    within: input.project,
    jobId: groupOf(input)?.jobId ?? randomUUID(),
    runId: randomUUID(),
  };
}

type About = Pick<DirectInput, 'groups' | 'imageGroup' | 'settings'>;

/** The settings that determine which checks there are. */
export function checkSettings(input: About): CheckSettings {
  const { ports, nfsHosts, sshKey } = input.settings.validate;
  return {
    ...defaultCheckSettings,
    ports,
    nfsHosts,
    canLogIn: sshKey !== '',
    expected: { imageGroup: input.imageGroup, images: groupOf(input)?.images ?? [] },
  };
}

function groupOf({ groups, imageGroup }: About) {
  return groups?.find(({ id }) => id === imageGroup);
}

async function namesFrom({ project, settings }: DirectInput): Promise<NameSource> {
  const { hostsFile, resolver, run } = settings.validate;
  if (hostsFile !== '') {
    const file = path.resolve(project, hostsFile);
    try {
      return hostsNames(await readRegularFile(file, 'utf8'));
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
      throw refused(vscode.l10n.t('{0} cannot be read ({1}).', file, reason));
    }
  }
  if (resolver === '') return systemNames;
  try {
    return serverNames(resolver, run.checkLimitMs);
  } catch {
    throw lacking(
      vscode.l10n.t('The setting buildstream.{0} cannot be used. Correct it first.', nameToEdit('engine.resolver')),
      ways.setting(nameToEdit('engine.resolver')),
    );
  }
}

function loginFrom({ settings }: DirectInput): Login | undefined {
  const { sshKey, sshUser, ports, run } = settings.validate;
  if (sshKey === '') return undefined;
  const connectTimeoutMs = run.checkLimitMs;
  const ssh = { user: sshUser, key: sshKey, port: ports.ssh, hostKeys: 'yes', knownHosts: undefined, connectTimeoutMs };
  return { settings: { ...ssh, hostKeys: 'yes' }, run: runSsh };
}

/** Molecule only runs as a whole. Undefined if it is not configured, or if the selected checks are all our own. */
function moleculeFrom({ settings, checks }: DirectInput): MoleculeSettings | undefined {
  const { molecule, moleculeFolder, moleculeReport } = settings.validate;
  const [program, ...args] = molecule;
  if (program === undefined || (checks.length > 0 && !checks.some(isOfMolecule))) return undefined;
  if (!path.isAbsolute(moleculeFolder)) {
    throw lacking(
      vscode.l10n.t("Enter the absolute path of Molecule's folder in buildstream.engine.moleculeRun."),
      ways.setting(nameToEdit('engine.moleculeFolder')),
    );
  }
  return {
    command: [program, ...args],
    folder: moleculeFolder,
    env: moleculeEnv(process.env, []),
    report: moleculeReport === '' ? undefined : moleculeReport,
    graceMs: moleculeGraceMs,
  };
}

function isOfMolecule(id: string): boolean {
  return id === 'molecule' || id.startsWith('molecule/');
}
