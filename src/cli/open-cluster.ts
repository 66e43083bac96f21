import type { CheckOptions } from '../pipeline/check.ts'
import type { OptionValues } from './options.ts'
import { UsageError } from './usage-error.ts'

/** Only who means a cluster pays for its client. */
export async function openCluster({ cluster, kubeconfig, context, offline }: OptionValues<'cluster' | 'kubeconfig' | 'context' | 'offline'>): Promise<Pick<CheckOptions, 'loader'>> {
  if (!cluster) return {}
  if (offline) throw new UsageError('--cluster asks a cluster, which --offline rules out')
  const { createClusterLoader } = await import('../pipeline/cluster-loader.ts')
  return { loader: createClusterLoader({ ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(context === undefined ? {} : { context }) }) }
}
