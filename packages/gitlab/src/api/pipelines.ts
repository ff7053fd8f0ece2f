import { Pipelines } from '@gitbeaker/rest';
import type { CallOptions } from '../http/requester.ts';
import type { Session } from '../http/session.ts';
import { readPipeline, type Pipeline } from '../model/pipeline.ts';
import { demandText, listOf, number, objectOf, optionalObject } from '../model/value.ts';
import { readAnswer, resourceOptions } from './context.ts';

/** Which pipelines to list. GitLab leaves out children unless `source` is `parent_pipeline`. */
export interface PipelineFilter {
  readonly ref?: string;
  readonly source?: string;
  readonly username?: string;
  readonly sha?: string;
  readonly createdAfter?: Date;
  readonly updatedAfter?: Date;
  /** Counted from 1. */
  readonly page?: number;
  /** Up to 100; 20 by default. */
  readonly perPage?: number;
}

export interface PipelinePage {
  /** Newest first. */
  readonly pipelines: readonly Pipeline[];
  readonly nextPage: number | undefined;
}

export interface NewPipeline {
  readonly ref: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** GitLab's pipelines API, without cancel; see docs/gitlab.md. @throws GitLabError from each method */
export class PipelineApi {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async list(projectId: number, filter: PipelineFilter, call: CallOptions): Promise<PipelinePage> {
    const { createdAfter, updatedAfter, page = 1, perPage = 20, ...rest } = filter;
    const answer: unknown = await this.#resource(call).all(projectId, {
      ...rest,
      ...(createdAfter === undefined ? {} : { createdAfter: createdAfter.toISOString() }),
      ...(updatedAfter === undefined ? {} : { updatedAfter: updatedAfter.toISOString() }),
      page,
      perPage,
      showExpanded: true,
    });
    return readAnswer({ method: 'GET', path: `/projects/${String(projectId)}/pipelines` }, answer, (value) => {
      const { data, paginationInfo } = objectOf(value, 'list of pipelines');
      const nextPage = number(optionalObject(paginationInfo)?.['next']);
      return { pipelines: listOf(data, 'list of pipelines', readPipeline), nextPage };
    });
  }

  async show(projectId: number, pipelineId: number, call: CallOptions): Promise<Pipeline> {
    const answer: unknown = await this.#resource(call).show(projectId, pipelineId);
    const path = `/projects/${String(projectId)}/pipelines/${String(pipelineId)}`;
    return readAnswer({ method: 'GET', path }, answer, readPipeline);
  }

  /** Variables of a pipeline. They need a separate permission, so `scope-missing` is common here. */
  async variables(projectId: number, pipelineId: number, call: CallOptions): Promise<ReadonlyMap<string, string>> {
    const answer: unknown = await this.#resource(call).allVariables(projectId, pipelineId);
    const path = `/projects/${String(projectId)}/pipelines/${String(pipelineId)}/variables`;
    const read = (item: unknown): [string, string] => {
      const { key, value } = objectOf(item, 'variable');
      return [demandText(key, 'name of a variable'), demandText(value, 'value of a variable')];
    };
    return readAnswer({ method: 'GET', path }, answer, (value) => new Map(listOf(value, 'list of variables', read)));
  }

  /** Starts a pipeline; its source is `api`. Sent once. */
  async create(projectId: number, { ref, variables = {} }: NewPipeline, call: CallOptions): Promise<Pipeline> {
    const list = Object.entries(variables).map(([key, value]) => ({ key, value, variableType: 'env_var' as const }));
    const answer: unknown = await this.#resource(call).create(
      projectId,
      ref,
      list.length === 0 ? {} : { variables: list },
    );
    return readAnswer({ method: 'POST', path: `/projects/${String(projectId)}/pipeline` }, answer, readPipeline);
  }

  /** Runs the failed jobs of this pipeline again; on a child this is "Retry downstream pipeline". Sent once. */
  async retry(projectId: number, pipelineId: number, call: CallOptions): Promise<Pipeline> {
    const answer: unknown = await this.#resource(call).retry(projectId, pipelineId);
    const path = `/projects/${String(projectId)}/pipelines/${String(pipelineId)}/retry`;
    return readAnswer({ method: 'POST', path }, answer, readPipeline);
  }

  #resource(call: CallOptions): Pipelines {
    return new Pipelines<false>(resourceOptions(this.#session, call));
  }
}
