import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { RestartEvent } from '@omnia-buildstream/engine/restart/events';
import type { FailureKind } from '@omnia-buildstream/core/restart/failureKind';
import { defaultRestartSettings, type RestartSettings } from '@omnia-buildstream/engine/restart/settings';
import type { PhoneHomeServer } from '@omnia-buildstream/engine/report/phoneHome';
import type { LabBmc } from '@omnia-buildstream/lab/bmc/bmc';
import type { FaultAction, FaultRule, Faults } from '@omnia-buildstream/lab/faults/fault';
import { labGenerations, type LabGeneration } from '@omnia-buildstream/lab/bmc/generation';
import type { Lab } from '@omnia-buildstream/lab/lab';
import { Credential } from '@omnia-buildstream/redfish/credentials/credential';
import { labOfCases } from '../../support/engine/labOfCases.ts';
import { labClient, labPassword, labUser } from '../../support/lab.ts';
import { runStage, type StageOutcome } from '../../support/engine/stage.ts';

/**
 * Every fault in every step, each on its own node in one fleet. Checks the name of the failure, that nothing hangs,
 * that no node is reset twice, and that nothing logs in after a 401. Judged by what the BMCs saw.
 */

const requestMs = 600;
const limits = {
  reachMs: 4_000,
  loginMs: 4_000,
  readyMs: 4_000,
  readMs: 4_000,
  overrideMs: 4_000,
  resetMs: 4_000,
  shutdownMs: 4_000,
  powerMs: 2_000,
  reportMs: 4_000,
  settleMs: 2_000,
};
const settings: RestartSettings = {
  ...defaultRestartSettings,
  concurrency: 12,
  limits,
  polls: { readyMs: 500, powerMs: 200, orderMs: 700 },
};
/** The sum of all limits, with room for a busy machine. */
const longestMs = Object.values(limits).reduce((sum, limitMs) => sum + limitMs, 0) * 2;

/**
 * The request that is hit in each step. Reads of the system: discovery, then the steps read, override (which reads the
 * result afterwards: `verify`) and power.
 */
const steps = {
  reach: { on: 'root' },
  login: { on: 'login' },
  ready: { on: 'lifecycle' },
  read: { on: 'system', skip: 1 },
  override: { on: 'boot' },
  verify: { on: 'system', skip: 2 },
  reset: { on: 'reset' },
  power: { on: 'system', skip: 3 },
} as const satisfies Readonly<Record<string, Omit<FaultRule, 'action'>>>;
type Step = keyof typeof steps;

function refuse(status: number, messageId: string): FaultAction {
  return { do: 'refuse', status, messageId, message: 'refused by the lab' };
}

type Outcome = FailureKind | 'booted';

/** Outcomes in the order of the steps: reach, login, ready, read, override, verify, reset, power. */
const matrix: readonly (readonly [string, FaultAction, readonly Outcome[]])[] = [
  [
    'the host disappears',
    { do: 'vanish' },
    [
      ...(['unreachable', 'unreachable', 'unreachable', 'unreachable'] as const),
      ...(['contact-lost', 'contact-lost', 'reset-unconfirmed', 'booted'] as const),
    ],
  ],
  [
    'the connection is cut before the request is carried out',
    { do: 'cut' },
    [
      ...(['unreachable', 'unreachable', 'unreachable', 'unreachable'] as const),
      ...(['contact-lost', 'contact-lost', 'reset-unconfirmed', 'booted'] as const),
    ],
  ],
  [
    'the request is carried out and its answer lost',
    { do: 'cut-after' },
    [
      ...(['unreachable', 'unreachable', 'unreachable', 'unreachable'] as const),
      ...(['contact-lost', 'contact-lost', 'booted', 'booted'] as const),
    ],
  ],
  [
    'no answer comes',
    { do: 'hang' },
    [
      ...(['unreachable', 'unreachable', 'unreachable', 'unreachable'] as const),
      ...(['contact-lost', 'contact-lost', 'reset-unconfirmed', 'booted'] as const),
    ],
  ],
  [
    'the connection is cut in the middle of the answer',
    { do: 'cut-within' },
    [
      ...(['unreachable', 'unreachable', 'unreachable', 'unreachable'] as const),
      ...(['contact-lost', 'contact-lost', 'booted', 'booted'] as const),
    ],
  ],
  [
    'the answer comes too late',
    { do: 'delay', delayMs: requestMs + 400 },
    [
      ...(['unreachable', 'unreachable', 'unreachable', 'unreachable'] as const),
      ...(['contact-lost', 'contact-lost', 'booted', 'booted'] as const),
    ],
  ],
  [
    'not ready (SYS518)',
    refuse(503, 'IDRAC.2.8.SYS518'),
    ['not-ready', 'not-ready', 'not-ready', 'not-ready', 'not-ready', 'not-ready', 'not-ready', 'booted'],
  ],
  [
    'busy with a job (RAC0679)',
    refuse(400, 'IDRAC.2.8.RAC0679'),
    ['busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'booted'],
  ],
  [
    'refused with 401',
    refuse(401, 'Base.1.5.AccessDenied'),
    [
      ...(['unauthorized', 'unauthorized', 'unauthorized', 'unauthorized'] as const),
      ...(['unauthorized', 'unauthorized', 'unauthorized', 'booted'] as const),
    ],
  ],
  [
    'refused with 403',
    refuse(403, 'Base.1.5.InsufficientPrivilege'),
    [
      ...(['privilege', 'privilege', 'privilege', 'privilege'] as const),
      ...(['privilege', 'privilege', 'privilege', 'booted'] as const),
    ],
  ],
  [
    'refused without a reason that we know',
    refuse(400, 'Oem.1.0.Whatever'),
    [
      // If no session can be opened, Basic authentication is used.
      ...(['not-redfish', 'booted', 'not-ready', 'unexpected'] as const),
      ...(['override-refused', 'override-refused', 'reset-refused', 'booted'] as const),
    ],
  ],
  [
    'the password has to be changed',
    refuse(403, 'Base.1.18.PasswordChangeRequired'),
    [
      ...(['password-change', 'password-change', 'password-change', 'password-change'] as const),
      ...(['password-change', 'password-change', 'password-change', 'booted'] as const),
    ],
  ],
  [
    'the configuration is locked (SWC9004)',
    refuse(400, 'IDRAC.2.8.SWC9004'),
    [
      ...(['lock-down', 'lock-down', 'lock-down', 'lock-down'] as const),
      ...(['lock-down', 'lock-down', 'lock-down', 'booted'] as const),
    ],
  ],
  [
    'a license is missing (LIC501)',
    refuse(400, 'IDRAC.2.8.LIC501'),
    [
      ...(['licence', 'licence', 'licence', 'licence'] as const),
      ...(['licence', 'licence', 'licence', 'booted'] as const),
    ],
  ],
  [
    'the server is in POST',
    refuse(400, 'iLO.2.14.UnableToModifyDuringSystemPOST'),
    ['in-post', 'in-post', 'in-post', 'in-post', 'in-post', 'in-post', 'in-post', 'booted'],
  ],
  [
    'busy, by its status (409 ResourceInUse)',
    refuse(409, 'Base.1.5.ResourceInUse'),
    ['busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'booted'],
  ],
  ['locked (423)', refuse(423, 'Oem.1.0.Whatever'), ['busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'busy', 'booted']],
  [
    'unavailable for the moment (503)',
    refuse(503, 'Base.1.5.ServiceTemporarilyUnavailable'),
    ['not-ready', 'not-ready', 'not-ready', 'not-ready', 'not-ready', 'not-ready', 'not-ready', 'booted'],
  ],
  [
    'an error of the BMC',
    refuse(500, 'Base.1.5.InternalError'),
    [
      ...(['not-redfish', 'unexpected', 'not-ready', 'unexpected'] as const),
      // An internal error does not say what was left undone.
      ...(['override-refused', 'override-refused', 'reset-unconfirmed', 'booted'] as const),
    ],
  ],
  [
    'an answer that is not JSON',
    { do: 'garbage' },
    [
      // A login without a token falls back to Basic.
      ...(['not-redfish', 'booted', 'not-ready', 'identity-unknown'] as const),
      ...(['override-ignored', 'identity-unknown', 'no-report', 'booted'] as const),
    ],
  ],
  [
    'answered and ignored',
    { do: 'ignore' },
    [
      // An empty root is enough: the standard paths are tried.
      ...(['booted', 'booted', 'not-ready', 'identity-unknown'] as const),
      ...(['override-ignored', 'identity-unknown', 'no-report', 'booted'] as const),
    ],
  ],
];

/** Statuses that something between us and the BMC may answer after the reset was carried out. */
const statusesAfter = [200, 204, 301, 302, 307, 308, 400, 401, 403, 404, 405, 408, 409, 412, 423, 425, 428, 429].concat(
  [500, 501, 502, 503, 504],
);

/** Errors that the BMC itself may answer, in Redfish's form, without saying whether it carried out the reset. */
const vagueAfter = [
  [400, 'Base.1.5.GeneralError'],
  [500, 'Base.1.5.InternalError'],
  [500, 'Base.1.8.OperationFailed'],
  [500, 'Base.1.8.OperationTimeout'],
  [503, 'IDRAC.2.8.RAC0508'],
  [503, 'Base.1.5.ServiceInUnknownState'],
] as const;

function onReset(action: FaultAction, rule: Partial<FaultRule> = {}): Faults {
  return { rules: [{ on: 'reset', action, ...rule }] };
}

const notReady = refuse(503, 'IDRAC.2.8.SYS518');

/** A reset that was carried out is never sent again, whatever its answer looks like. Simulated by each generation. */
const carriedOut: readonly (readonly [string, Faults, Outcome])[] = [
  ...statusesAfter.map(
    (status) =>
      [`carried out, then answered ${String(status)}`, onReset({ do: 'answer-after', status }), 'booted'] as const,
  ),
  ...vagueAfter.map(
    ([status, messageId]) =>
      [
        `carried out, then answered ${String(status)} ${messageId}`,
        onReset({ do: 'answer-after', status, messageId }),
        'booted',
      ] as const,
  ),
  ['carried out, then cut', onReset({ do: 'cut-after' }), 'booted'],
  ['carried out, then cut in the middle of the answer', onReset({ do: 'cut-within' }), 'booted'],
  ['carried out, then answered too late', onReset({ do: 'delay', delayMs: requestMs + 400 }), 'booted'],
  [
    'refused for a while, then carried out and its answer lost',
    {
      rules: [
        ...(onReset(notReady, { times: 3 }).rules ?? []),
        ...(onReset({ do: 'cut-after' }, { skip: 3 }).rules ?? []),
      ],
    },
    'booted',
  ],
];

/**
 * A reset that never arrived is not sent again either, because nothing in these answers says that it did not arrive.
 */
const lostOnTheWay: readonly (readonly [string, Faults, Outcome])[] = statusesAfter
  .filter((status) => status >= 300)
  .map((status) => [
    `never arrived, and answered ${String(status)}`,
    onReset({ do: 'answer-instead', status }),
    'reset-unconfirmed',
  ]);

/** Temporary faults are waited out, within the limit of the step that they delay. */
const passing: readonly (readonly [string, Faults, Outcome])[] = (
  [
    ['409', refuse(409, 'Base.1.5.ResourceInUse')],
    ['423', refuse(423, 'Oem.1.0.Whatever')],
    ['503', refuse(503, 'Base.1.5.ServiceTemporarilyUnavailable')],
    ['in POST', refuse(400, 'iLO.2.14.UnableToModifyDuringSystemPOST')],
  ] as const
).flatMap(([name, action]) =>
  (['login', 'read', 'override', 'reset'] as const).map((step): readonly [string, Faults, Outcome] => {
    return [`${step}: ${name} three times`, { rules: [{ ...steps[step], action, times: 3 }] }, 'booted'];
  }),
);

/** A BMC that has restarted has forgotten our session. It is reopened, whatever the request was. */
const forgotten: readonly (readonly [string, Faults, Outcome])[] = (
  ['systems', 'system', 'boot', 'reset'] as const
).map((on) => [
  `sessions are gone before ${on}`,
  { rules: [{ on, times: 1, action: { do: 'forget-sessions' } }] },
  'booted',
]);

const others: readonly (readonly [string, Faults, Outcome])[] = [
  ['nothing listens', { unreachable: true }, 'unreachable'],
  ['another certificate', { wrongCertificate: true }, 'tls'],
  ['a certificate for another name', { wrongName: true }, 'tls'],
  ['a wrong password', { wrongPassword: true }, 'unauthorized'],
  ['not ready for a while', { notReadyMs: 1_000 }, 'booted'],
  ['not ready for too long', { notReadyMs: 600_000 }, 'not-ready'],
  ['power never comes', { powerStuck: true }, 'power-not-reached'],
  ['never reports', { silent: true }, 'no-report'],
  ['another machine than the row says', { foreignTag: 'F0RE1GN' }, 'wrong-machine'],
  ['a baseboard before the system', { twoSystems: true }, 'booted'],
  ['no session service', { noSessions: true }, 'booted'],
  ['boots from disk', { bootsFromDisk: true }, 'no-report'],
  ['no fault', {}, 'booted'],
];

interface Case {
  readonly name: string;
  readonly faults: Faults;
  readonly expected: Outcome;
  readonly generation?: LabGeneration;
}

const cases: readonly Case[] = [
  ...matrix.flatMap(([name, action, outcomes]) =>
    Object.keys(steps).map((step, index): Case => {
      const rule = { ...steps[step as Step], action };
      return { name: `${step}: ${name}`, faults: { rules: [rule] }, expected: outcomes[index] ?? 'booted' };
    }),
  ),
  ...[...passing, ...lostOnTheWay, ...others].map(([name, faults, expected]): Case => ({ name, faults, expected })),
  ...labGenerations.flatMap((generation) =>
    [...carriedOut, ...forgotten].map(([name, faults, expected]): Case => {
      return { name: `${generation}: ${name}`, faults, expected, generation };
    }),
  ),
];

suite('fault matrix', () => {
  let lab: Lab;
  let reports: PhoneHomeServer;
  let outcome: StageOutcome;
  const finished = new Map<string, Extract<RestartEvent, { readonly type: 'node-finished' }>>();

  before(async () => {
    const made = await labOfCases(cases.map(({ generation = 'idrac9', faults }) => ({ generation, faults })));
    ({ lab, reports } = made);
    const { clock } = made;
    const bmc = labClient(lab, {
      clock,
      requestTimeoutMs: requestMs,
      retry: { attempts: 2, firstDelayMs: 20, maxDelayMs: 50 },
      // A separate credential per BMC: refused credentials of one BMC must not stop the stage here.
      credentials: (address) => Promise.resolve(new Credential(address, labUser, labPassword)),
    });
    outcome = await runStage({ mappingFile: lab.mappingFile, bmc, reports, settings, clock });
    for (const event of outcome.events) if (event.type === 'node-finished') finished.set(event.bmcIp, event);
  });

  after(async () => {
    await lab.stop();
    await reports.close();
  });

  cases.forEach(({ name, expected }, index) => {
    test(`${name}: ${expected}`, () => {
      const bmc: LabBmc | undefined = lab.bmcs[index];
      assert.ok(bmc);
      const event = finished.get(bmc.node.address);
      assert.ok(event, 'it has a result');
      assert.equal(event.failure ?? 'booted', expected, event.message);
      const { record } = bmc;
      assert.ok(record.resetsCarriedOut <= 1, `reset ${String(record.resetsCarriedOut)} times`);
      assert.equal(record.resetsCarriedOut === 1 || expected !== 'booted', true, 'booted without a reset');
      assert.ok(record.resets.length <= 1, 'sent again, though nothing came of it');
      if (expected === 'reset-unconfirmed') assert.equal(record.count('reset'), 1, 'a reset in doubt was sent again');
      assert.equal(record.loginsAfterRefusal, 0, 'a login after a refusal');
      assert.ok(event.durationMs < longestMs, `took ${String(event.durationMs)} ms`);
    });
  });

  test('no secret is in anything that was written or said', () => {
    assert.ok(outcome.written.length > 10_000);
    assert.ok(!outcome.written.includes(labPassword));
    const basic = Buffer.from(`${labUser}:${labPassword}`).toString('base64');
    assert.ok(!outcome.written.includes(basic));
    for (const bmc of lab.bmcs) {
      for (const { token } of bmc.auth.sessions.list()) assert.ok(!outcome.written.includes(token));
    }
  });
});
