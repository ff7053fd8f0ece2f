import type { ReadTools } from '@omnia-buildstream/tools/table/readTools';
import type { AskingTools } from '@omnia-buildstream/tools/table/writeTools';

/** Every tool, as the editor carries it out: what changes something asks first, by a dialog of ours. */
export type EditorTools = ReadTools & AskingTools;

/** Those that GitLab answers. */
export type GitLabTools = Pick<
  EditorTools,
  'list_pipelines' | 'show_pipeline' | 'job_log' | 'mark_booted' | 'retry_failed' | 'play_deploy'
>;

/** Those that BMCs and the BuildStreaM API answer. */
export type StageTools = Pick<EditorTools, 'power_state' | 'show_deployment' | 'run_stage'>;

/** Said after a dialog that was answered with anything but its button. */
export const saidNo = 'Nothing was changed: the user said no. Do not try again unless they ask for it.';
