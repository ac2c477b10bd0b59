let adapter = Adapter()
while let line = readLine() { File.writeLine(adapter.answer(line)) }
