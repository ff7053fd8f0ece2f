import { thisMachine, type Machine } from '@omnia-buildstream/runner/machine';
import { clock } from '../platform/clock.ts';

/** This machine with the extension's clock, which tests can move. */
export const machine: Machine = { ...thisMachine, clock };
