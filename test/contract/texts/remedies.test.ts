/**
 * Every symptom for which Omnia's documentation has a remedy (docs/facts/omnia.md section 8.1): our texts give that
 * remedy wherever the symptom is reported.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { explain } from '@omnia-buildstream/cli/pipelines/explain';
import { nextText } from '@omnia-buildstream/cli/pipelines/text';
import { adviceFor as nodeAdvice } from '@omnia-buildstream/core/failedNodes/advice';
import { engineCauseTexts } from '@omnia-buildstream/core/failedNodes/engineCauses';
import { wordsOf } from '@omnia-buildstream/core/text/phrase';
import { adviceFor as engineAdvice } from '@omnia-buildstream/engine/restart/failure';
import { checkAdviceTexts } from '@omnia-buildstream/engine/validate/checkTexts';
import { GitLabError } from '@omnia-buildstream/gitlab/errors/gitlabError';
import { afterGreen } from '@omnia-buildstream/gitlab/actions/afterGreen';
import { remarkTexts } from '@omnia-buildstream/gitlab/omnia/remarkTexts';
import { retryPhrases } from '@omnia-buildstream/gitlab/omnia/remarks';
import { remedies } from '@omnia-buildstream/gitlab/omnia/why/remedies';
import { jobCauseIn } from '@omnia-buildstream/gitlab/trace/jobCause';
import { adviceFor as apiAdvice } from '@omnia-buildstream/oim/errors/advice';
import { openchamiTexts } from '@omnia-buildstream/provision/openchami/openchamiTexts';
import { childJobs, deployTree } from '../../support/gitlabModel.ts';

/** The advice for a job whose log ends like this. */
function ofJob(stage: string, log: string, failureReason?: string): string {
  const why = { cause: jobCauseIn(log.split('\n')), failedNodes: [], totalNodes: undefined };
  return remedies(why, { stage, failureReason }, (code) => apiAdvice(0, code, true))
    .map((one) => wordsOf(one))
    .join(' ');
}

const ofCode = (code: string): string =>
  apiAdvice(0, code, true)
    .map((one) => wordsOf(one))
    .join(' ');
const ofNode = (message: string): string => nodeAdvice({ message }).advice;
const ofPlaybook = (stage: string, summary: string): string =>
  ofJob(stage, `  Error Code: PLAYBOOK_EXECUTION_FAILED\n  Error Summary: ${summary}`);

async function ofGitLab(reason: 'server-failed' | 'timed-out'): Promise<string> {
  const error = new GitLabError(reason, { method: 'GET', path: '/projects/1', effect: 'none', status: 502 });
  return explain(error, {} as never, {} as never);
}

const passed = { select_a: 'success', deploy: 'success', restart: 'success', validate: 'success', summary: 'success' };
const edited = { kind: 'known', paths: ['input/orchestrator/pxe_mapping_file.csv'] } as const;
const retry23 = {
  version: '2.3',
  wanted: 'new-child',
  source: 'branch-with-token',
  ref: 'main',
  edited,
  choosesImage: true,
} as const;
const retried = retryPhrases(retry23).map((one) => wordsOf(one));
const noReport = 'PXE Boot: OK | Power: Restart OK | Phone-home failed: cloud-init did not complete';
/** Texts for people at the console of a node that does not come up. */
const atConsole = [ofNode(noReport), engineAdvice('no-report'), engineCauseTexts['ssh-unreachable'].advice];

/** All texts shown for each symptom, and what each of them has to mention. */
const said: Readonly<Record<string, readonly [texts: readonly (string | Promise<string>)[], ...names: RegExp[]]>> = {
  'the catalog does not parse, its schema is refused, its group exists': [
    [ofJob('parse-catalog', 'ERROR: Parse catalog stage reached FAILED')],
    /sample/,
    /schema_version 2/,
    /raise the version/,
  ],
  'the local repository fails': [
    [ofPlaybook('configure-local-repository', 'Playbook exited with code 2')],
    /repository configuration/,
    /log/,
  ],
  'INTERNAL_ERROR when a build is tried again': [
    [ofJob('build-images', '  Error Code: INTERNAL_ERROR')],
    /new build pipeline/,
    /200 GB/,
  ],
  'deploy fails': [
    [ofPlaybook('deploy', 'Playbook exited with code 2')],
    /log/,
    /mapping file and catalog have the same roles/,
    /new pipeline by hand/,
  ],
  'a stage is refused for the state of its job': [
    [ofJob('restart', '  "error_code": "INVALID_STATE_TRANSITION"')],
    /child pipeline anew from its parent/,
  ],
  'the Retry button is missing': [[nextText(retryOf(), 1, retry23)], /create the child pipeline anew/, /--new-child/],
  '401 invalid_token': [
    [ofJob('list_images', '{"error": "invalid_token", "message": "x"}')],
    /new token/,
    /variables/,
    /auth log/,
    /events\.log/,
  ],
  'registration refused (max_clients_reached, newer max_clients_limit_reached)': [
    [ofCode('max_clients_reached'), ofCode('max_clients_limit_reached')],
    /stored ID and secret/,
    /clean up GitLab .* deploy it again/,
  ],
  'the health check of the API fails': [
    [ofJob('initialization', 'ERROR: BSM API health check returned 502')],
    /omnia_build_stream and omnia_postgres and the playbook watcher/,
    /journal/,
    /one subnet/,
  ],
  'no image jobs': [
    [ofJob('list_images', '  ERROR: No BUILT image groups available for deployment\n  Run the Build Pipeline first')],
    /No image group is built/,
    /build pipeline/,
  ],
  'no deploy pipeline starts': [[remarkTexts.mappingElsewhere], /only \{places\} start a deploy pipeline/],
  'a cleanup does not start or lists nothing': [[remarkTexts.listsGroups], /not CLEANED yet/],
  'a cleanup is refused (CLEANUP_STATE_INVALID, ALREADY_CLEANED, CLEANUP_S3_FAILED)': [
    [[ofCode('CLEANUP_STATE_INVALID'), ofCode('ALREADY_CLEANED'), ofCode('CLEANUP_S3_FAILED')].join(' ')],
    /BUILT, DEPLOYED, RESTARTED, PASSED or FAILED/,
    /deleted already/,
    /S3/,
  ],
  'a cadence does not start': [
    [[remarkTexts.cadenceOff, remarkTexts.cadenceInterval, remarkTexts.cadenceUnknown].join(' ')],
    /turned off/,
    /validated/,
    /whole interval/,
    /another request is active/,
    /journal/,
    /repo_resync_status\.yml/,
  ],
  'a correction is not used': [[retried[0] ?? ''], /changed on main/, /GITLAB_API_TOKEN is set/],
  'the runner is offline, jobs time out': [
    [ofJob('deploy', '', 'stuck_or_timeout_failure')],
    /list and verify/,
    /variables/,
    /network/,
    /cache/,
    /two hours/,
  ],
  'GitLab answers 502 or is slow': [[ofGitLab('server-failed'), ofGitLab('timed-out')], /gitlab-ctl status/, /memory/],
  'nodes were added or changed': [
    [
      afterGreen(deployTree('success', childJobs(passed)))
        .map((one) => wordsOf(one))
        .join(' '),
    ],
    /initialize telemetry/,
  ],
  'the boot override is refused': [
    [ofNode('Booting by PXE failed'), engineAdvice('override-refused')],
    /PXE is enabled in the firmware/,
    /firmware of NIC and (?:iDRAC|BMC)/,
    /license/,
  ],
  'BMC credentials are missing': [
    [ofNode('BMC credentials are not set'), ofPlaybook('restart', 'BMC credentials not found')],
    /credentials/,
    /prepare/,
  ],
  'PXE-E51 on the console': [atConsole, /PXE-E51: no DHCP server responds/],
  'PXE-E32 on the console': [atConsole, /PXE-E32: wrong boot NIC, or a second PXE server/],
  'a node waits for its network while it boots': [atConsole, /old machine may still have its address/],
  'the SSH host key has changed': [
    [engineCauseTexts['ssh-refused'].advice, checkAdviceTexts.newHostKey],
    /ssh-keygen -R/,
    /[Cc]ompare/,
  ],
  'a wrong image has booted': [[checkAdviceTexts.wrongImage], /build_status\.yml/, /ADMIN_MAC/, /deploy again/],
  '"Failed to discover ochami nodes"': [
    [ofPlaybook('deploy', 'Failed to discover ochami nodes')],
    /SMD/,
    /is used twice in the mapping file/,
  ],
  '401 or x509 expired from OpenCHAMI': [
    [
      ofPlaybook('deploy', 'tls: failed to verify certificate: x509: certificate has expired'),
      ofPlaybook('deploy', 'ochami: smd returned 401 Unauthorized'),
      openchamiTexts.expired,
      openchamiTexts.tokenRefused,
    ],
    /certificate/,
    /restart openchami\.target/,
  ],
  'the metadata service is not reachable': [
    [ofPlaybook('deploy', 'metadata-service is unreachable'), openchamiTexts.serviceUnknown],
    /haproxy listens on port 8443/,
    /name resolves/,
  ],
  'a Slurm node is INVAL or DOWN after it was added': [
    [checkAdviceTexts.slurmd],
    /INVAL/,
    /iDRAC credentials/,
    /sub-NUMA/,
    /DOWN/,
    /slurmd/,
    /cloud-init/,
    /resumed/,
  ],
  'a control plane does not join': [[checkAdviceTexts.kubelet], /two hours/, /create a new one/, /reboot/],
  'the PCI address of an InfiniBand card is not found': [
    [ofPlaybook('deploy', 'InfiniBand PCI address not found for ib0')],
    /IB_NIC_NAME/,
    /slots/,
  ],
};

function retryOf(): Parameters<typeof nextText>[0] {
  return { kind: 'retry-downstream', pipelineId: 3, jobs: [] };
}

suite('a documented symptom gets its documented remedy', () => {
  const page = readFileSync(new URL('../../../docs/facts/omnia.md', import.meta.url), 'utf8');
  const section = page.split('### 8.1 ')[1]?.split(/^## /m)[0] ?? '';
  const rows = section.split('\n').flatMap((line) => /^\| (.+?) +\| .* \|$/.exec(line)?.[1]?.replaceAll('`', '') ?? []);
  const documented = rows.filter((row) => row !== 'symptom' && !row.startsWith('---'));

  test('none of them is left out', () => {
    assert.equal(documented.length > 25, true);
    assert.deepEqual(documented.sort(), Object.keys(said).sort());
  });

  for (const [symptom, [texts, ...names]] of Object.entries(said)) {
    test(symptom, async () => {
      for (const text of texts) for (const name of names) assert.match(await text, name);
    });
  }

  test('what a playbook met is not taken from what a script says of the API, nor the other way round', () => {
    assert.doesNotMatch(ofJob('deploy', 'ERROR: SSL certificate has expired for https://oim'), /openchami/);
    assert.doesNotMatch(ofPlaybook('deploy', 'the certificate of the registry'), /BSM_API_CERT/);
  });
});
