import { expect, test } from 'vitest'
import { indexClaims, type Claim } from '../../../../src/pipeline/applications/index-claims.ts'
import type { RenderedSource, RenderSource } from '../../../../src/render/index.ts'

const claim = (root: string, path: string, filesRead?: readonly string[]): Claim => ({
  source: { root, path }, ...(filesRead === undefined ? {} : { result: { type: 'Directory', resources: [], problems: [], filesRead } satisfies Partial<RenderedSource> as unknown as RenderedSource }),
})

test.each<[string, readonly Claim[], RenderSource, boolean]>([
  ['the same folder', [claim('/r', 'a')], { root: '/r', path: 'a' }, true],
  ['the same folder below another root', [claim('/r/other', 'a')], { root: '/r', path: 'other/a' }, true],
  ['another folder', [claim('/r', 'a')], { root: '/r', path: 'ab' }, false],
  ['a folder whose files one rendering read', [claim('/r', 'a', ['a/x/1.yaml', 'a/x/2.yaml'])], { root: '/r', path: 'a/x', files: ['a/x/1.yaml', 'a/x/2.yaml'] }, true],
  ['a folder of which a file was left out', [claim('/r', 'a', ['a/x/1.yaml'])], { root: '/r', path: 'a/x', files: ['a/x/1.yaml', 'a/x/2.yaml'] }, false],
  ['a folder whose files two renderings share out', [claim('/r', 'a', ['x/1.yaml']), claim('/r', 'b', ['x/2.yaml'])], { root: '/r', path: 'x', files: ['x/1.yaml', 'x/2.yaml'] }, false],
  ['a folder without a list of files', [claim('/r', 'a', ['a/x/1.yaml'])], { root: '/r', path: 'a/x' }, false],
  ['nothing claimed', [], { root: '/r', path: '.', files: [] }, false],
])('%s', (_, claims, found, expected) => {
  expect(indexClaims(claims)(found)).toBe(expected)
})
