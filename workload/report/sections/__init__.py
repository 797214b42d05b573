"""What documents are made of: sections of plain blocks, said in the language of the document."""
