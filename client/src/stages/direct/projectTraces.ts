import type { OmniaTraces } from '@omnia-buildstream/core/plan/decideDirect';
import { omniaTraces } from '@omnia-buildstream/runner/omniaTraces';
import * as vscode from 'vscode';
import { committedText } from '../committedMapping.ts';
import { readProjectFile } from '../projectFile.ts';
import type { DirectInput } from './directInput.ts';

/** Traces of Omnia in the project of a stage that runs here. @throws UserError */
export async function projectTraces({ file, version, groups, imageGroup }: DirectInput): Promise<OmniaTraces> {
  return omniaTraces({
    mapping: file.replaceAll('\\', '/'),
    version,
    read: readProjectFile,
    committed: () => committedText(vscode.Uri.file(file)),
    jobId: groups?.find(({ id }) => id === imageGroup)?.jobId,
  });
}
