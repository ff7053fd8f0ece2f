import { thisMachine, type Machine } from '@omnia-buildstream/runner/machine';
import { clock } from '../platform/clock.ts';

/** This machine with the extension's time, which a test moves. */
export const machine: Machine = { ...thisMachine, clock };
