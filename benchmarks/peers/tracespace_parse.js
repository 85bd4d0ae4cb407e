// How long tracespace v4 needs for each Gerber file named on stdin: node tracespace_parse.js REPEATS.
// Parser and plotter together, as pcb-stackup uses them; the plotter knows the bounding box at its end.
// Prints "least CPU seconds", or "failed", as soon as it is known. NODE_PATH says where the modules are.
'use strict'
const fs = require('fs')
const readline = require('readline')
const gerberParser = require('gerber-parser')
const gerberPlotter = require('gerber-plotter')

const repeats = Number(process.argv[2] || 1)

function once(text) {
  return new Promise((resolve, reject) => {
    const started = process.cpuUsage()
    const parser = gerberParser({filetype: 'gerber'})
    const plotter = gerberPlotter()
    parser.on('warning', () => {})
    plotter.on('warning', () => {})
    parser.on('error', reject)
    plotter.on('error', reject)
    plotter.on('data', () => {})
    plotter.on('end', () => {
      const used = process.cpuUsage(started)
      resolve((used.user + used.system) / 1e6)
    })
    parser.pipe(plotter)
    parser.write(text)
    parser.end()
  })
}

async function main() {
  for await (const name of readline.createInterface({input: process.stdin})) {
    const text = fs.readFileSync(name, 'utf8')
    let least = Infinity
    try {
      for (let i = 0; i < repeats; i++) least = Math.min(least, await once(text))
      console.log(least.toFixed(6))
    } catch (refusal) {
      console.log('failed ' + String(refusal.message).split('\n')[0])
    }
  }
}
main()
