import { defineCommand } from '../command.ts'

/** `presync merge`: shards become one report. */
export const mergeCommand = defineCommand({
  summary: 'put together what shards of a check found (check --shard), as one run would have',
  arguments: '<shard...>',
  options: ['mode', 'fail-on', 'strict', 'output', 'query', 'all', 'no-color', 'verbose'],
  examples: ['presync merge shards/*.json', 'presync merge shards/*.json -o sarif=report.sarif'],
  run: async (invocation) => (await import('../actions/merge.ts')).runMerge(invocation),
})
