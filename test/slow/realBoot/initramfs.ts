import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { busybox, type Kernel } from './tools.ts';

/** What an image does here: gets its address through DHCP and reports like cloud-init until it is heard. */
const init = `#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
# Twice: what needs another one finds it then.
for module in $(cat /modules/order /modules/order); do insmod /modules/$module 2>/dev/null; done
echo image is up
ip link set lo up
card=$(ls /sys/class/net | grep -v lo | head -n 1)
ip link set $card up
udhcpc -n -q -t 20 -s /udhcpc -i $card
report=$(sed -n 's/.*report=\\([^ ]*\\).*/\\1/p' /proc/cmdline)
name=$(hostname)
body="hostname=$name&instance_id=$name"
post() {
  printf 'POST / HTTP/1.0\\r\\nContent-Length: %s\\r\\n\\r\\n%s' "\${#body}" "$body" | nc -w 10 \${report%:*} \${report#*:}
}
until post | grep -q ' 200 '; do sleep 1; done
echo image has reported as $name
while true; do sleep 3600; done
`;

const udhcpc = `#!/bin/busybox sh
[ "$1" = bound ] || exit 0
ip addr add $ip/$mask dev $interface
hostname $hostname
`;

/** Writes the initramfs of a kernel to a file. */
export function makeInitramfs(kernel: Kernel, file: string, workFolder: string): void {
  const root = path.join(workFolder, 'initramfs');
  for (const name of ['bin', 'modules', 'proc', 'sys', 'dev']) mkdirSync(path.join(root, name), { recursive: true });
  copyFileSync(busybox, path.join(root, 'bin/busybox'));
  for (const module of kernel.modules) copyFileSync(module, path.join(root, 'modules', path.basename(module)));
  writeFileSync(
    path.join(root, 'modules/order'),
    kernel.modules.map((module) => path.basename(module)).join('\n') + '\n',
  );
  for (const [name, text] of [
    ['init', init],
    ['udhcpc', udhcpc],
  ] as const) {
    writeFileSync(path.join(root, name), text);
    chmodSync(path.join(root, name), 0o755);
  }
  const names = (readdirSync(root, { recursive: true }) as string[]).join('\n');
  const packed = spawnSync(busybox, ['cpio', '-o', '-H', 'newc'], { cwd: root, input: names, maxBuffer: 64_000_000 });
  if (packed.status !== 0) throw new Error(packed.stderr.toString());
  writeFileSync(file, gzipSync(packed.stdout, { level: 1 }));
}
