import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { folderOf } from '../../support/cli/files.ts';
import { goodToken, startLab } from '../../support/gitlabLab.ts';

/** Prefers the system's Python, because Debian's package is installed only for that one. */
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import gitlab']).status === 0);

/** What another client, written for the real GitLab, does with the lab. Prints what it saw as JSON. */
const script = `
import json, os, sys, time
import gitlab
url, ca, token = sys.argv[1], sys.argv[2], os.environ['LAB_TOKEN']
gl = gitlab.Gitlab(url, private_token=token, ssl_verify=ca)
gl.auth()
seen = {'user': gl.user.username, 'version': gl.version()[0]}
project = gl.projects.get('root/omnia')
pipeline = project.pipelines.create({'ref': 'main', 'variables': [{'key': 'PIPELINE_TYPE', 'value': 'deploy'}]})
for _ in range(3):
    project.pipelines.create({'ref': 'main', 'variables': [{'key': 'PIPELINE_TYPE', 'value': 'build'}]})
seen['paged'] = len(project.pipelines.list(per_page=2, iterator=False, all=True))
seen['page'] = len(project.pipelines.list(per_page=2, page=2))

def child_of(id):
    for _ in range(1200):
        for bridge in project.pipelines.get(id).bridges.list():
            if bridge.downstream_pipeline:
                return bridge.downstream_pipeline['id']
        time.sleep(0.05)

def finished(job_id):
    for _ in range(1200):
        job = project.jobs.get(job_id)
        if job.status not in ('created', 'pending', 'running'):
            return job
        time.sleep(0.05)

child = project.pipelines.get(child_of(child_of(pipeline.id)))
select = next(job for job in child.jobs.list(all=True) if job.stage == 'select_image')
project.jobs.get(select.id).play()
seen['select'] = finished(select.id).status
seen['trace'] = project.jobs.get(select.id).trace().decode()
try:
    project.jobs.get(select.id).play()
except gitlab.exceptions.GitlabJobPlayError as error:
    seen['second play'] = [error.response_code, error.error_message]
path = 'input/pxe_mapping_file.csv'
file = project.files.get(path, ref='main')
seen['lines'] = len(file.decode().splitlines())
body = {'file_path': path, 'branch': 'main', 'commit_message': 'Edit', 'content': file.decode().decode() + '\\n'}
project.files.update(path, {**body, 'last_commit_id': file.last_commit_id})
try:
    project.files.update(path, {**body, 'content': 'x', 'last_commit_id': file.last_commit_id})
except gitlab.exceptions.GitlabUpdateError as error:
    seen['conflict'] = [error.response_code, error.error_message]
seen['started'] = project.pipelines.list(per_page=1, page=1)[0].source
commit = project.commits.create({'branch': 'main', 'commit_message': 'More', 'actions': [
    {'action': 'create', 'file_path': 'notes.txt', 'content': 'x'}]})
seen['commit'] = commit.title
try:
    gitlab.Gitlab(url, private_token='wrong', ssl_verify=ca).auth()
except gitlab.exceptions.GitlabAuthenticationError as error:
    seen['wrong token'] = error.response_code
print(json.dumps(seen))
`;

test(
  'python-gitlab, written against the real server, gets along with the lab',
  { skip: python !== undefined ? false : "python3-gitlab is not installed (Debian's package of that name)" },
  async (t) => {
    const lab = await startLab(t);
    const ca = path.join(folderOf(t, { 'ca.pem': lab.certificate?.cert ?? '' }), 'ca.pem');
    const env = { ...process.env, LAB_TOKEN: goodToken, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
    const { stdout } = await promisify(execFile)(python ?? '', ['-c', script, lab.origin, ca], { env });
    const { trace, ...seen } = JSON.parse(stdout) as Record<string, unknown>;
    assert.match(String(trace), /Image Group ID: omnia-2-2-/);
    assert.deepEqual(seen, {
      user: 'root',
      version: '18.8.2',
      paged: 4,
      page: 2,
      select: 'success',
      'second play': [400, '400 Bad request - Unplayable Job'],
      lines: 5,
      conflict: [400, 'You are attempting to update a file that has changed since you started editing it.'],
      started: 'push',
      commit: 'More',
      'wrong token': 401,
    });
  },
);
