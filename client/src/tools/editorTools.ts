import type { ReadTools } from '@omnia-buildstream/tools/table/readTools';
import type { AskingTools } from '@omnia-buildstream/tools/table/writeTools';

/** Every tool, as the editor carries it out. A tool that changes something asks first, in a dialog of ours. */
export type EditorTools = ReadTools & AskingTools;

/** Tools that GitLab answers. */
export type GitLabTools = Pick<
  EditorTools,
  'list_pipelines' | 'show_pipeline' | 'job_log' | 'mark_booted' | 'retry_failed' | 'play_deploy'
>;

/** Tools that BMCs and the BuildStreaM API answer. */
export type StageTools = Pick<EditorTools, 'power_state' | 'show_deployment' | 'run_stage'>;

/** The answer if the user did not press the button of a dialog. */
export const saidNo = 'Nothing was changed: the user said no. Do not try again unless they ask for it.';
