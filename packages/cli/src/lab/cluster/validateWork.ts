import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { TestReport } from '@omnia-buildstream/core/testReport/types';
import { targetsOf } from '@omnia-buildstream/core/plan/targets';
import { fileName } from '@omnia-buildstream/engine/files/fileName';
import { hostsNames } from '@omnia-buildstream/engine/validate/probes/names';
import { defaultCheckSettings, defaultRunSettings } from '@omnia-buildstream/engine/validate/settings';
import type { StageOutcome, StageRun } from '@omnia-buildstream/lab/oim/stageWork';
import { prepareValidate } from '@omnia-buildstream/runner/validate';
import { validateSummaryText } from '../../run/validate/summary.ts';
import { failure, mappingOf, type LabOim } from './labOim.ts';

const second = 1_000;
const maxSkewMs = 5 * second;
/** A node that has just booted is given little time: the nodes of a lab are quick. */
const settings = { ...defaultRunSettings, checkLimitMs: 3 * second, comeUpMs: 5 * second, againAfterMs: second };

/** Tests the nodes of the mapping file; the report stays in the artifacts of the job (omnia.md section 6). */
export async function validateWork(run: StageRun, server: LabOim): Promise<StageOutcome> {
  const text = mappingOf(run);
  if (text === undefined) return failure('pxe_mapping_file.csv was not uploaded to this job.');
  const prepared = prepareValidate({
    targets: targetsOf(text, server.version),
    checks: {
      ...defaultCheckSettings,
      ports: { ...defaultCheckSettings.ports, ...server.ports },
      expected: { imageGroup: run.imageGroup.id, images: [] },
    },
    settings,
    clock: server.machine.clock,
    names: hostsNames(server.hostsFile),
    tls: { ca: server.kubeCa, pins: [] },
    login: undefined,
    evidence: { kind: 'os-release' },
    skewLimitMs: maxSkewMs,
    molecule: undefined,
    stateFolder: path.join(server.folder, 'artifacts', fileName(run.jobId)),
    within: server.folder,
    jobId: run.jobId,
    runId: randomUUID(),
  });
  const { report } = await prepared.run({
    emit: (event) => {
      if (event.type === 'stage-note') run.write(event.text);
      if (event.type === 'check-finished' && event.outcome !== 'passed') {
        run.write(`${event.outcome.toUpperCase()}  ${event.id}: ${event.message}`);
      }
    },
    stop: run.signal,
    stopAtOnce: run.signal,
  });
  for (const line of validateSummaryText(report).trimEnd().split('\n')) run.write(line);
  return {
    succeeded: report.outcome === 'PASSED',
    summary: `Test failures: ${String(report.summary.failed)} failed, ${String(report.summary.errors)} errors`,
    resultDetail: resultDetail(report),
  };
}

function resultDetail(report: TestReport): Readonly<Record<string, unknown>> {
  return {
    outcome: report.outcome,
    exit_code: report.exitCode,
    test_summary: report.summary,
    duration_seconds: Math.round(report.durationMs / second),
    artifact_dir: report.artifactFolder,
    log_path: report.logPath,
    report_path: report.reportPath,
    correlation_id: report.correlationId,
    error_message: report.errorMessage,
  };
}
