import streamlit as st
import pages.shared
st.write("hello")
