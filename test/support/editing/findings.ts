import type { Finding } from '@omnia-buildstream/core/rules/rule';
import type { MappingModel } from '@omnia-buildstream/core/validation/model';
import { severityOf } from '@omnia-buildstream/core/validation/settings';

/** The findings that are errors: Omnia would reject the file. */
export function errorsIn(model: MappingModel): Finding[] {
  return model.findings().filter((finding) => severityOf(finding, model.settings) === 'error');
}
