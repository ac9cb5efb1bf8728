"""The learned quote reader: a small transformer that tags speakers, cues and contents and links them."""
