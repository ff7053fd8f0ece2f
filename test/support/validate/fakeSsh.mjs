#!/usr/bin/env node
/**
 * In place of `ssh` on the PATH: checks that it is called as it must be, and answers by the address. FAKE_SSH_LOG gets
 * the arguments, one JSON array a line.
 */
import { appendFileSync } from 'node:fs';

const args = process.argv.slice(2);
appendFileSync(process.env.FAKE_SSH_LOG ?? '/dev/null', `${JSON.stringify(args)}\n`);
const [separator, host = '', command = ''] = args.slice(-3);

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(255);
}

if (separator !== '--' || !args.includes('BatchMode=yes')) fail('called in another way than agreed');
if (host.endsWith('.3')) fail(`root@${host}: Permission denied (publickey).`);
if (host.endsWith('.4')) setInterval(() => undefined, 1_000);
else if (command.startsWith('date')) {
  const aheadSeconds = host.endsWith('.2') ? 600 : 0;
  process.stdout.write(`${(Date.now() / 1000 + aheadSeconds).toFixed(9)}\n`);
} else if (command === 'cat /proc/cmdline') {
  process.stdout.write(
    `root=live:http://10.0.0.1/boot-images/${host.endsWith('.2') ? 'old' : 'demo'}.squashfs ip=dhcp\n`,
  );
} else fail(`no such command: ${command}`);
