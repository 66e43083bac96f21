import { KnownError } from '../../model/errors.ts'

/** Parts of a run that cannot be put together. */
export class ShardError extends KnownError<'INVALID_SHARD' | 'SHARDS_DIFFER' | 'SHARDS_INCOMPLETE'> {}
