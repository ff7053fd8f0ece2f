import { systemPrograms } from '@omnia-buildstream/runner/workload/systemPrograms';
import { askedOnce, workloadManager, type AskWork } from '@omnia-buildstream/runner/workload/workload';
import type * as vscode from 'vscode';
import { machine } from '../machine.ts';
import { ownEngineSettings } from '../settings/engineConfiguration.ts';

/** Asks whoever the settings name whose jobs run on nodes, once. @throws UserError for a setting that cannot be used */
export function askWork(scope: vscode.Uri | undefined, signal: AbortSignal = new AbortController().signal): AskWork {
  return askedOnce(workloadManager(ownEngineSettings(scope).workload, systemPrograms), machine, signal);
}
