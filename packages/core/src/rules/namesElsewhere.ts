import type { ColumnName } from '../mapping/columns.ts';
import type { Levels } from '../mapping/versions.ts';
import { levels } from '../mapping/versions.ts';
import type { Template } from '../text/message.ts';
import type { Grouping, Rule } from './rule.ts';

/** All rows together; values are their roles or group names. */
const byRole: Grouping = {
  judgesSingles: true,
  place: (row, { add }) => {
    add('all', row.text.FUNCTIONAL_GROUP_NAME);
  },
};
const byGroup: Grouping = {
  judgesSingles: true,
  place: (row, { add }) => {
    add('all', row.text.GROUP_NAME);
  },
};

interface Elsewhere {
  readonly code: string;
  readonly levels: Levels;
  readonly messages: { readonly unknown: Template };
  /** The fact with the names. */
  readonly needs: 'groupConfig' | 'cloudInitGroups' | 'storageGroups';
  readonly column: ColumnName;
  readonly grouping: Grouping;
}

/** A file beside the mapping file has something for names that no row has. */
function namesElsewhere({ needs, column, ...rule }: Elsewhere): Rule {
  return {
    ...rule,
    needs,
    checkBucket(bucket, scope) {
      const unknown = (scope.context[needs] ?? []).filter((name) => bucket.first(name) === undefined);
      for (const value of unknown) {
        const { header } = scope.layout;
        scope.report({ record: header, cell: scope.layout.cellOf[column], column }, rule.messages.unknown, { value });
      }
    },
  };
}

/** The newest 2.3 refuses the file (omnia.md section 2). */
export const groupConfigUnknown = namesElsewhere({
  code: 'group-config-unknown',
  levels: levels({ '2.3': 'warning' }),
  messages: {
    unknown: "functional_group_config.yml has settings for '{value}', a role that no row has. Omnia refuses it.",
  },
  needs: 'groupConfig',
  column: 'FUNCTIONAL_GROUP_NAME',
  grouping: byRole,
});

/** 2.2 and 2.3 refuse the file (omnia.md section 2). */
export const cloudInitUnknown = namesElsewhere({
  code: 'cloud-init-unknown',
  levels: levels({ '2.2': 'warning' }),
  messages: {
    unknown: "additional_cloud_init.yml has a part for '{value}', a role that no row has. Omnia refuses it.",
  },
  needs: 'cloudInitGroups',
  column: 'FUNCTIONAL_GROUP_NAME',
  grouping: byRole,
});

/** 2.3 refuses the file (omnia.md section 2). */
export const storageGroupUnknown = namesElsewhere({
  code: 'storage-group-unknown',
  levels: levels({ '2.2': 'warning' }),
  messages: { unknown: "storage_config.yml mounts something for the group '{value}', a GROUP_NAME that no row has." },
  needs: 'storageGroups',
  column: 'GROUP_NAME',
  grouping: byGroup,
});
