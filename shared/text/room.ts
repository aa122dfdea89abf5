// What the rooms say when something cannot be done: what happened, to which thing, and the way out.

export const roomText = {
  noIncident: (id: string) =>
    `There is no incident ${id} in this profile. Ctrl I lists the incidents; from the command line, "incident list" does.`,
  noEntry: (id: string) =>
    `Entry ${id} is not in this incident. Open the timeline again; it may belong to another one.`,
  noRow: (kind: string) => `A ${kind} entry has no line of its own. Change the line it is about.`,
  noQuestion: 'That question is not open here. It may be answered already; write a note instead.',
  noAction: 'That action is not in this incident. Open the list of actions again.',
  noChecklist: (id: string) => `Checklist ${id} was not started in this incident. Start its runbook first.`,
  noStep: (step: number, total: number) =>
    `Step ${step + 1} does not exist: this checklist has ${total === 1 ? '1 step' : `${total} steps`}.`,
  noSignals:
    'None of these signals is known here any more. Pick them on the board again, or declare without signals.',
  noChanges: 'None of these changes is known here any more. Read or type it again on the board.',
  changesLinked: 'These changes are in the timeline already.',
  alreadyLinked: 'These signals are already in the timeline of this incident.',
  emptyText: 'There is nothing to keep: the text is empty.',
  futureTime: (time: string, by: string) =>
    `${time} is ${by}. What happened cannot lie in the future; write when it happened, or a due time for an action.`,
  badTime: (typed: string) => `“${typed}” is not a time in the years 1970 to 2100.`,
  sameSeverity: (severity: string) => `It is ${severity} already.`,
  samePhase: (phase: string) => `The phase is ${phase} already.`,
  integrityUnknown: (severity: string) =>
    `Data integrity is unknown, and a ${severity} is not resolved before somebody says. Set data integrity, or resolve with a reason for leaving it open.`,
  notARelease: (label: string) => `${label} is not a release that is watched. It may be an incident already.`,
  releaseEnded: (label: string) => `${label} has ended. Watch it again first, or declare a new incident.`,
  releaseWatched: (label: string) => `${label} has not ended: it is watched.`,
  isRelease: (label: string) =>
    `${label} is a release, not an incident: it has no severity and no phase. D turns it into an incident; its end closes it.`,
  reasonNeeded: (what: string) => `A reason is asked to ${what}. It stands in the timeline.`,
  skip: 'skip a step',
  fail: 'mark a step as failed',
  retract: 'retract an entry',
  erase: 'erase an entry',
  alreadyRetracted: 'This line is retracted already. Its history shows by whom.',
  alreadyErased: 'This line is erased already. Its history shows by whom.',
  notAmendable: (lead: string) =>
    `“${lead}” was written by a machine as it happened and is not amended. Write a note beside it.`,
  notReadable:
    'This line was written by a newer Bulkhead, or its body is withheld. It is kept as it is and cannot be changed here.',
  planEntry:
    'This belongs to a rollback plan and is not retracted. Undo the step or override in the plan; both stand in the timeline.',
  confirmNeeded: (word: string, title: string) =>
    `“${title}” is dangerous. Type ${word} to confirm that you have done it.`,
  secondNeeded: (title: string) => `“${title}” takes two people. Name the second; by phone counts.`,
  secondIsSelf: (name: string) => `The second person is somebody else than ${name}.`,
  stepState: {
    todo: 'A step is not set back to To do. Undo it; both stand in the timeline.',
    undone: 'This step was not started, so there is nothing to undo.',
    same: (word: string) => `This step is ${word.toLowerCase()} already.`,
  },
  badName: (name: string) => `“${name}” is not a name for a value. Use the name as it stands in the runbook.`,
  tooManyValues: 'A checklist holds at most 200 values. Change one that is there.',
  blobNotWritten: (folder: string, reason: string) =>
    `The runbook’s text could not be kept in ${folder}: ${reason}. The checklist was not started. Free the disk and start it again.`,
  titleAmendOnly: 'A title is one line of at most 300 characters.',
  wordsOnly:
    'Steps are amended in words only: they count from when they were recorded. Leave the time as it is.',
  cannotEraseDeclared:
    'A declaration is not erased: the incident, or the release, would lose its label. Amend the title; erase the lines that hold the secret.',
} as const;
