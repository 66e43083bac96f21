import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportFormats } from '../../../../src/report/index.ts'
import { findChromium } from '../../../support/find-chromium.ts'
import { gate, makeReport, makeResource, makeResult } from '../../../support/make-result.ts'

const yaml = 'kind: Pod\nspec:\n  containers:\n  - name: app\n    image: nginx:latest\n'
const location = { file: 'apps/web.yaml', line: 5, column: 5 }
const inPayments = (name: string) => {
  const pod = makeResource('Pod', name)
  return { ...pod, id: { ...pod.id, namespace: 'payments' } }
}
const policy = (name: string) => ({ kind: 'ClusterPolicy' as const, name, annotations: {} })
const report = makeReport([
  makeResult('fail', makeResource('Pod', 'web'), { action: 'Enforce', violations: [{ path: ['spec', 'containers', 0, 'image'], message: '', location }] }),
  makeResult('fail', inPayments('api'), { policy: policy('labels'), message: '<img src=x onerror="document.title=1"></summary><script>document.title=2</script>' }),
  makeResult('error', inPayments('job'), { policy: policy('labels') }),
  makeResult('skip', makeResource('Pod', 'cron'), { missing: [{ what: 'ConfigMap a/b', hint: 'Give it.' }] }),
  makeResult('pass', makeResource('Pod', 'web')),
], { sources: [{ path: 'apps', type: 'plain', application: 'shop', resourceCount: 4 }], problems: [{ code: 'X', severity: 'error', message: '"<b>' }] })
const page = reportFormats.html.format(report, { gate, color: false, all: false, sourceText: () => yaml })

test('the page shows what blocks, with the lines in question, and asks nobody for anything', () => {
  expect(page).toContain('Blocked:</span> 1 result would refuse this sync')
  expect(page).toContain('<span class="hit"><b>5</b>    image: nginx:latest</span>')
  expect(page).toContain('<b>Missing:</b> ConfigMap a/b. Give it.')
  expect(page).not.toMatch(/(?:src|href)="?https?:/)
  expect(page).not.toContain('<img src=x')
  expect(page).toContain('default-src &#39;none&#39;')
})

test('without violations it says so', () => {
  expect(reportFormats.html.format(makeReport([]), { gate, color: false, all: false, sourceText: () => undefined })).toContain('Every rule that applied passed.')
})

const executablePath = findChromium()

describe.skipIf(executablePath === undefined)('in a browser', () => {
  let browser: Browser
  let tab: Page
  let folder: string
  const visible = () => tab.locator('details.result:not([hidden])').count()

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'presync-html-'))
    writeFileSync(join(folder, 'report.html'), page)
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
    tab = await browser.newPage()
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  test('filters, charts and keys work; nothing that a manifest says runs', async () => {
    const complaints: string[] = []
    tab.on('pageerror', (error) => complaints.push(error.message))
    tab.on('console', (message) => complaints.push(message.text()))
    await tab.goto(pathToFileURL(join(folder, 'report.html')).href)
    expect(await visible()).toBe(4)
    expect(await tab.title()).toBe('presync report')
    await tab.selectOption('select[name=level]', 'block')
    expect(await visible()).toBe(1)
    await tab.selectOption('select[name=level]', '')
    await tab.click('button[data-facet=namespace][data-value=payments]')
    expect(await visible()).toBe(2)
    expect(tab.url()).toContain('#namespace=payments')
    await tab.reload()
    expect(await visible()).toBe(2)
    await tab.keyboard.press('Escape')
    await tab.keyboard.press('/')
    await tab.keyboard.type('nginx')
    expect(await visible()).toBe(1)
    expect(await tab.textContent('#count')).toBe('1 of 4 shown')
    await tab.keyboard.press('Escape')
    await expect.poll(() => tab.textContent('#count')).toBe('4 shown')
    await tab.keyboard.press('j')
    await tab.keyboard.press('j')
    await tab.keyboard.press('Enter')
    expect(await tab.locator('details.result[open]').count()).toBe(1)
    await tab.fill('input[name=search]', 'no such thing')
    expect(await tab.locator('#empty').isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  test('it is readable in the dark and on a narrow screen', async () => {
    const background = () => tab.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    await tab.emulateMedia({ colorScheme: 'light' })
    const light = await background()
    await tab.emulateMedia({ colorScheme: 'dark' })
    expect(await background()).not.toBe(light)
    await tab.setViewportSize({ width: 380, height: 700 })
    expect(await tab.evaluate<boolean>('document.documentElement.scrollWidth <= 380')).toBe(true)
  })
})
