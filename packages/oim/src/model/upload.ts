import { countField } from '@omnia-buildstream/core/text/jsonFields';
import { listField, objectField, objectIn, saidField } from './read.ts';

export interface UploadSummary {
  readonly total: number;
  readonly changed: number;
  readonly files: readonly { readonly name: string; readonly isChanged: boolean }[];
}

/** Reads the response to PUT /jobs/{id}/upload (omnia.md section 7). @throws OimError */
export function readUpload(text: string): UploadSummary {
  const object = objectIn(text, 'PUT /jobs/upload');
  const files = listField(object, 'files').map((file) => ({
    name: saidField(file, 'filename') ?? '',
    isChanged: saidField(file, 'status') === 'CHANGED',
  }));
  const summary = objectField(object, 'upload_summary') ?? {};
  return {
    total: countField(summary, 'total_files') ?? files.length,
    changed: countField(summary, 'changed_files') ?? files.filter(({ isChanged }) => isChanged).length,
    files,
  };
}
