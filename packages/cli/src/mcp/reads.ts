import { aroundFailures, type LogExcerpt } from '@omnia-buildstream/gitlab/trace/aroundFailures';
import type { Target } from '@omnia-buildstream/core/plan/targets';
import { answer, refusal, type Source, type ToolAnswer } from '@omnia-buildstream/tools/answer';
import { explainRule } from '@omnia-buildstream/tools/explainRule';
import type { ReadTools } from '@omnia-buildstream/tools/table/readTools';
import { inWords } from '../errorWords.ts';
import type { Io } from '../io.ts';
import { readMapping } from '../run/mapping.ts';
import { answerOf } from './answers.ts';
import { hear } from './hear.ts';
import type { LongRuns } from './longRuns.ts';
import { one, type Reach } from './options.ts';
import { mappingIn } from './places.ts';

const project: readonly Source[] = ['the mapping file', 'files of the project'];
const gitlab: readonly Source[] = ['GitLab'];

/** The tools that change nothing, by the commands of the same purpose. */
export function readsOf(io: Io, reach: Reach, runs: Pick<LongRuns, 'news'>): ReadTools {
  return {
    validate_mapping: async ({ file }, signal) => {
      const { validate } = await import('../validate/command.ts');
      const args = ['--format=json', '--context=auto', '--', await mappingIn(file, io)];
      return answerOf(await hear(validate, args, io, signal), project, 'Findings of the mapping file, as JSON.');
    },
    explain_rule: ({ rule }) => Promise.resolve(explainRule(rule)),
    list_nodes: async ({ file, nodes }) => {
      const mapping = await readMapping({ mapping: await mappingIn(file, io), version: undefined }, io);
      const rows = nodes === undefined ? mapping.rows : mapping.rowsNamed(nodes);
      const foreign = JSON.stringify(rows.map(shownRow), undefined, 1);
      const own = `${String(rows.length)} of ${String(mapping.rows.length)} nodes, as JSON. Omnia version: ${mapping.version}.`;
      return answer({ own }, { foreign, from: ['the mapping file'] });
    },
    show_plan: async ({ file, image, omnia }, signal) => {
      const { plan } = await import('../plan/command.ts');
      const args = [
        ...one('mapping', await mappingIn(file, io)),
        ...one('image', image),
        ...one('omnia', omnia),
        '--json',
      ];
      return answerOf(await hear(plan, args, io, signal), project, 'The plan of the restart stage from here, as JSON.');
    },
    list_failed_nodes: async (_, signal) => {
      const { failed } = await import('../failed/command.ts');
      return answerOf(await hear(failed, ['list', '--json'], io, signal), project, 'failed_nodes.json of the project.');
    },
    run_status: async (_, signal) => {
      const { status } = await import('../status/command.ts');
      const heard = await hear(status, ['--state=.buildstream', '--json'], io, signal);
      const { parts, isError } = answerOf(heard, ['files of the project', 'BMCs'], 'Runs from this computer, as JSON.');
      const news = runs.news();
      return { parts: [...news, ...parts], isError: isError && news.length === 0 };
    },
    list_pipelines: async ({ ref }, signal) => {
      const { pipelines } = await import('../pipelines/command.ts');
      const heard = await hear(pipelines, ['list', '--json', ...one('ref', ref)], io, signal);
      return answerOf(heard, gitlab, 'The newest pipelines, as JSON.');
    },
    show_pipeline: async ({ pipeline }, signal) => {
      const { pipelines } = await import('../pipelines/command.ts');
      return answerOf(await hear(pipelines, ['show', String(pipeline)], io, signal), gitlab, 'The pipeline.');
    },
    job_log: async ({ pipeline, job }, signal) => {
      const { pipelines } = await import('../pipelines/command.ts');
      const heard = await hear(pipelines, ['log', String(pipeline), '--', job], io, signal);
      if (heard.code !== 0) return answerOf(heard, gitlab, '');
      return excerptAnswer(aroundFailures(heard.stdout.trimEnd().split('\n')));
    },
    show_deployment: async ({ image }, signal) => {
      if (reach.api.length === 0 && (io.env['BSM_API_URL'] ?? '') === '')
        return refusal('No BuildStreaM API is configured: start with --api URL, or set BSM_API_URL.');
      const { status } = await import('../status/command.ts');
      const address = one('api', io.env['BSM_API_URL']);
      const heard = await hear(status, [...address, ...reach.api, ...one('image', image), '--json'], io, signal);
      return answerOf(heard, ['the management server'], 'Image groups and jobs, as JSON.');
    },
    power_state: async ({ file, nodes }, signal) => {
      const { bmc } = await import('../bmc/command.ts');
      const args = [...one('mapping', await mappingIn(file, io)), ...reach.bmc, '--json', '--', ...nodes];
      return answerOf(await hear(bmc, args, io, signal), ['BMCs', 'the mapping file'], 'Power by node, as JSON.');
    },
  };
}

/** Why a tool did not answer; undefined for a bug of ours. */
export function faultOf(error: unknown): ToolAnswer | undefined {
  const said = inWords(error);
  return said instanceof Error && said !== error
    ? { parts: [{ own: 'It could not run.' }, { foreign: said.message, from: project }], isError: true }
    : undefined;
}

function shownRow({
  hostname,
  serviceTag,
  functionalGroup,
  groupName,
  adminIp,
  adminMac,
  bmcIp,
  line,
}: Target): object {
  return { hostname, serviceTag, functionalGroup, groupName, adminIp, adminMac, bmcIp, line: line + 1 };
}

function excerptAnswer({ failures, lines, totalLines }: LogExcerpt): ToolAnswer {
  const what =
    failures === 0 ? 'No failure was found; these are its last lines.' : `Failures found: ${String(failures)}.`;
  const foreign = lines.map(({ number, text }) => `${String(number)}: ${text}`).join('\n');
  return answer({ own: `The log has ${String(totalLines)} lines. ${what}` }, { foreign, from: gitlab });
}
