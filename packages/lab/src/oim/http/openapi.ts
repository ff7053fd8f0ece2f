import type { OimGeneration } from '../generation.ts';
import type { OimAnswer } from './exchange.ts';

const stageFields = [
  'stage_name',
  'stage_state',
  'started_at',
  'ended_at',
  'error_code',
  'error_summary',
  'log_file_path',
];

/**
 * FastAPI's description of the API, reduced to what a client can recognize a server by: title, paths, and the fields of
 * a stage.
 */
export function describeApi(
  routes: readonly { readonly method: string; readonly path: string }[],
  { tellsDetails }: OimGeneration,
): OimAnswer {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path } of routes) {
    if (path === '/openapi.json' || path === '/docs') continue;
    paths[path] = { ...paths[path], [method.toLowerCase()]: { responses: {} } };
  }
  const names = tellsDetails ? [...stageFields, 'attempt', 'result_detail'] : stageFields;
  const properties = Object.fromEntries(names.map((name) => [name, {}]));
  return {
    status: 200,
    body: {
      openapi: '3.1.0',
      info: { title: 'Build Stream API', description: 'Played by a lab', version: '1.0.0' },
      paths,
      components: { schemas: { GetStageResponse: { type: 'object', properties } } },
    },
  };
}
