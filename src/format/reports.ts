// Every JSON report: the source of docs/reports.schema.json.

import type { AuditReport } from './audit-json.js';
import type { DiffReport } from './diff-json.js';
import type { DiscoverReport } from './discover.js';
import type { DoctorReport } from './doctor.js';
import type { ExplainReport } from './explain-json.js';
import type { FixReport } from './fix-json.js';
import type { JsonReport } from './json.js';
import type { NearReport } from './near.js';
import type { StatusReport } from './status-json.js';
import type { TrustReport } from './trust-json.js';
import type { UndoReport } from './undo-json.js';

/** What `--json` prints; `report` names the verb. */
export type AnyReport =
  | JsonReport
  | FixReport
  | UndoReport
  | DiffReport
  | ExplainReport
  | AuditReport
  | DiscoverReport
  | NearReport
  | StatusReport
  | TrustReport
  | DoctorReport;
