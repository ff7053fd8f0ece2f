import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Sets a one-time PXE boot and restarts the same nodes with ansible's Redfish module, one fork per node.
 * @param {{ addresses: readonly string[], port: number, folder: string }} fleet
 * @returns {{ wallMs: number, message?: undefined } | { message: string, wallMs?: undefined }}
 */
export function measureAnsible({ addresses, port, folder }) {
  const found = spawnSync('ansible-playbook', ['--version'], { stdio: 'ignore' });
  if (found.status !== 0) return { message: 'Comparison with ansible skipped: it is not installed.' };
  const inventory = path.join(folder, 'hosts');
  const playbook = path.join(folder, 'restart.yml');
  writeFileSync(inventory, `[bmc]\n${addresses.join('\n')}\n`);
  const access = `baseuri: "{{ inventory_hostname }}:${port}"\n        username: root\n        password: bench\n        timeout: 30`;
  writeFileSync(
    playbook,
    `- hosts: bmc
  connection: local
  gather_facts: false
  strategy: free
  tasks:
    - community.general.redfish_command:
        category: Systems
        command: SetOneTimeBoot
        bootdevice: Pxe
        boot_override_mode: UEFI
        ${access}
    - community.general.redfish_command:
        category: Systems
        command: PowerForceRestart
        ${access}
`,
  );
  const startMs = performance.now();
  const env = { ...process.env, ANSIBLE_RETRY_FILES_ENABLED: 'false', ANSIBLE_LOCALHOST_WARNING: 'false' };
  const run = spawnSync('ansible-playbook', ['-i', inventory, '-f', String(addresses.length), playbook], {
    encoding: 'utf8',
    env,
    maxBuffer: 1e8,
  });
  const wallMs = performance.now() - startMs;
  if (run.status === 0) return { wallMs };
  const line = `${run.stdout}${run.stderr}`.split('\n').find((text) => /fatal|ERROR/.test(text)) ?? '';
  return { message: `Comparison with ansible failed: ${line.slice(0, 300)}` };
}
