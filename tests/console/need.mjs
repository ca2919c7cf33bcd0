// Ends with 77 and says why where these tests cannot run.
import { harbor, missing, serve } from './harness.mjs'

let why = missing()
if (why === null) {
  try {
    const server = await serve(harbor)
    await server.stop()
  } catch (error) {
    if (/without its console/.test(error.message)) {
      why = 'this portolan was built without its console'
    } else {
      throw error
    }
  }
}
if (why !== null) {
  console.log(why)
  process.exit(77)
}
